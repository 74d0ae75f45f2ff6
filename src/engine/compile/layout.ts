/**
 * Where everything lies in a module's memory.
 *
 * Activations and deltas lie in panels: the examples that fill two vectors, unit after unit. Where the input layer is wide, its
 * activations lie in strips besides: the units that fill two vectors, example after example. Parameters lie as on the page, Θ by
 * rows, and whatever an optimiser keeps for each of them lies at the same place of another block of the same size.
 */
import type { Lanes } from './lanes.ts';

/** Bytes of a vector. */
export const VECTOR = 16;
/** Bytes of one unit in a panel, and of one example in a strip: two vectors. */
export const PANEL_ROW = 32;
/** Bytes of a cache line. */
const LINE = 64;

/** The first bytes of memory: the lanes' sums of losses, 1/m, the steps seen, the clipping factor; then constants. */
export const LOSSES = 0;
export const ONE_OVER_M = 16;
export const STEPS_SEEN = 24;
export const CLIP_FACTOR = 32;
export const CONSTANTS = { start: 64, end: 8192 };

const roundUp = (value: number, multiple: number): number => Math.ceil(value / multiple) * multiple;

/**
 * A stride of an odd number of cache lines, so that equal places of successive rows fall into different sets of the cache;
 * short rows keep their length.
 */
const spreadOut = (bytes: number, shortest: number): number => {
  if (bytes < shortest) return bytes;
  const lines = Math.ceil(bytes / LINE);
  return (lines % 2 === 0 ? lines + 1 : lines) * LINE;
};

export interface Matrix {
  readonly address: number;
  /** Bytes a row. */
  readonly pitch: number;
  readonly rows: number;
  readonly columns: number;
}

/** Where one layer's panels lie. */
export interface Panels {
  readonly units: number;
  /** Bytes a panel. */
  readonly stride: number;
  readonly a: number;
  /** g′(z) where it cannot be had from a. */
  readonly slope: number;
  readonly delta: number;
}

/** Where the strips of the input layer lie, `stride` bytes each. */
export interface Strips {
  readonly address: number;
  readonly stride: number;
}

export interface Layout {
  /** Examples a panel. */
  readonly panel: number;
  /** Panels for a whole batch. */
  readonly panels: number;
  /** How many lanes of the last panel have no example. */
  readonly missing: number;
  /** By layer, l = 1 … L; the first entry is unused. */
  readonly layers: readonly Panels[];
  /** Where the gradient of Θ^(1) is taken from strips. */
  readonly strips: Strips | undefined;
  /** The targets, in panels like those of layer L. */
  readonly y: number;
  /** Two vectors a panel that hide the lanes without an example. */
  readonly masks: number;
  /** By l = 1 … L − 1, first entry unused: where Θ and b lie, and their gradients. */
  readonly Theta: readonly Matrix[];
  readonly b: readonly number[];
  /** The bytes from Θ to ∂J/∂Θ where that is stored, and to each of the numbers that the optimiser keeps. */
  readonly toGradient: number;
  readonly toState: readonly number[];
  /** All Θ, from `start` up to `biases`, then all b up to `end`. */
  readonly parameters: { readonly start: number; readonly biases: number; readonly end: number };
  /** Where the host's data may begin. */
  readonly end: number;
}

/**
 * `units` are those of the layers from the first on, `slopes[l]` says whether layer l keeps g′(z); `kept` says whether the
 * gradient is stored, and how many numbers the optimiser keeps for a parameter.
 */
export function layOut(
  lanes: Lanes,
  units: readonly number[],
  batch: number,
  slopes: readonly boolean[],
  kept: { readonly gradient: boolean; readonly states: number },
): Layout {
  let end = CONSTANTS.end;
  const take = (bytes: number): number => {
    const address = end;
    end = roundUp(end + bytes, LINE);
    return address;
  };
  const panel = (2 * VECTOR) / lanes.bytes;
  const panels = Math.ceil(batch / panel);
  const layers = units.map((n, index): Panels => {
    const stride = spreadOut(n * PANEL_ROW, 1024);
    const bytes = panels * stride + OVERRUN;
    return {
      units: n,
      stride,
      a: take(bytes),
      slope: slopes[index + 1] ? take(bytes) : 0,
      delta: index === 0 ? 0 : take(bytes),
    };
  });
  const strips = hasStrips(lanes, units[0]!) ? layStrips(lanes, units[0]!, panels * panel, take) : undefined;
  const y = take(panels * layers.at(-1)!.stride);
  const masks = take(panels * PANEL_ROW);

  const start = end;
  const Theta = units.slice(1).map((rows, index): Matrix => {
    const columns = units[index]!;
    const pitch = spreadOut(roundUp(columns * lanes.bytes, VECTOR), 512);
    return { address: take(rows * pitch), pitch, rows, columns };
  });
  const biases = end;
  const b = units.slice(1).map((n) => take(n * lanes.bytes));
  const parameters = { start, biases, end };
  const size = end - start;
  const firstState = kept.gradient ? 2 : 1;
  end = start + (firstState + kept.states) * size;
  return {
    panel,
    panels,
    missing: panels * panel - batch,
    layers: [{ units: 0, stride: 0, a: 0, slope: 0, delta: 0 }, ...layers],
    strips,
    y,
    masks,
    Theta: [{ address: 0, pitch: 0, rows: 0, columns: 0 }, ...Theta],
    b: [0, ...b],
    toGradient: size,
    toState: Array.from({ length: kept.states }, (_, i) => (firstState + i) * size),
    parameters,
    end,
  };
}

/** From so many columns on, strips are faster than panels; of fewer, the copy costs what they gain. */
const MANY_COLUMNS = 128;

/** In float64 the specification's order of sums asks for panels. */
const hasStrips = ({ precision }: Lanes, columns: number): boolean =>
  precision === 'float32' && columns >= MANY_COLUMNS;

function layStrips({ bytes }: Lanes, columns: number, examples: number, take: (bytes: number) => number): Strips {
  const stride = spreadOut(examples * PANEL_ROW, 1024);
  return { address: take(Math.ceil((columns * bytes) / PANEL_ROW) * stride), stride };
}

/** A pass over activations may run on past the last panel, by less than this. */
const OVERRUN = 256;

/** Bytes of the indices of one batch: an i32 for every lane of every panel. */
export const indexBytes = ({ panels, panel }: Layout): number => panels * panel * 4;
