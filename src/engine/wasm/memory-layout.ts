/**
 * The memory layout of a module: addresses of activations, deltas, targets, parameters and optimiser state.
 *
 * Activations and deltas lie in panels. A panel holds the examples that fill two vectors, unit after unit. A wide input layer
 * is also stored in strips: a strip holds the units that fill two vectors, example after example. Θ is stored by rows; the
 * gradient and each number of optimiser state have blocks of the same size, with the same layout.
 */
import type { Lanes } from './assembler/lanes.ts';
import { range } from './kernels/tiling.ts';

/** Bytes of a vector. */
export const VECTOR = 16;
/** Bytes of one unit in a panel, and of one example in a strip: two vectors. */
export const PANEL_ROW = 32;
/** Bytes of a cache line. */
const LINE = 64;

/** The first bytes of memory: the sums of losses by lane, 1/m, the number of steps taken, the clipping factor; then constants. */
export const LOSSES = 0;
export const ONE_OVER_M = 16;
export const STEPS_SEEN = 24;
export const CLIP_FACTOR = 32;
export const CONSTANTS = { start: 64, end: 8192 };

const roundUp = (value: number, multiple: number): number => Math.ceil(value / multiple) * multiple;

/**
 * A stride of an odd number of cache lines, so that equal offsets in successive rows fall into different sets of the cache;
 * rows below `shortest` keep their length.
 */
const spreadOut = (bytes: number, shortest: number): number => {
  if (bytes < shortest) return bytes;
  const lines = Math.ceil(bytes / LINE);
  return (lines % 2 === 0 ? lines + 1 : lines) * LINE;
};

export interface MatrixLayout {
  readonly address: number;
  /** Bytes a row. */
  readonly pitch: number;
  readonly rows: number;
  readonly columns: number;
}

/** Where one layer's panels lie. */
export interface PanelLayout {
  readonly units: number;
  /** Bytes a panel. */
  readonly stride: number;
  readonly a: number;
  /** g′(z) where it cannot be computed from a, else 0. */
  readonly slope: number;
  readonly delta: number;
  /** ∂(loss)/∂a in layers that `NeededPanels` names, else 0. */
  readonly error: number;
  /** With layer normalisation ẑ, r (one row a panel) and ∂(loss)/∂u, else 0. */
  readonly hat: number;
  readonly r: number;
  readonly unscaled: number;
}

/** What layers store besides a and δ, by layer; a missing entry stores nothing. */
export interface NeededPanels {
  /** Whether layer l stores g′(z). */
  readonly slopes: readonly boolean[];
  /** Whether layer l stores ∂(loss)/∂a. */
  readonly errors?: readonly boolean[];
  /** Whether layer l is normalised; it also has γ and β. */
  readonly norms?: readonly boolean[];
}

/** Where the strips of the input layer lie, `stride` bytes each. */
export interface StripLayout {
  readonly address: number;
  readonly stride: number;
}

export interface Layout {
  /** Examples a panel. */
  readonly panel: number;
  /** Panels for a whole batch. */
  readonly panels: number;
  /** The number of lanes of the last panel without an example. */
  readonly missing: number;
  /** By layer, l = 1 … L; the first entry is unused. */
  readonly layers: readonly PanelLayout[];
  /** Present where the gradient of Θ^(1) is computed from strips. */
  readonly strips: StripLayout | undefined;
  /** The targets, in panels like those of layer L. */
  readonly y: number;
  /** Masks, two vectors a panel: all bits 1 in lanes with an example, else 0. */
  readonly masks: number;
  /** By l = 1 … L − 1, the first entry unused: where Θ and b lie. */
  readonly Theta: readonly MatrixLayout[];
  readonly b: readonly number[];
  /** By layer, where γ and β of the normalised ones lie; else 0. */
  readonly gamma: readonly number[];
  readonly beta: readonly number[];
  /** Distances in bytes from Θ to ∂J/∂Θ, where that is stored, and to each number of optimiser state. */
  readonly toGradient: number;
  readonly toState: readonly number[];
  /** All Θ, from `start` up to `biases`, then all b up to `norms`, then all γ and β up to `end`. */
  readonly parameters: {
    readonly start: number;
    readonly biases: number;
    readonly norms: number;
    readonly end: number;
  };
  /** Where the host's data may begin. */
  readonly end: number;
}

/**
 * Lays out memory for layers of the given `units`. `stored` says whether the gradient is stored, and how many numbers of
 * optimiser state a parameter has.
 */
export function layOut(
  lanes: Lanes,
  units: readonly number[],
  batch: number,
  { slopes, errors = [], norms = [] }: NeededPanels,
  stored: { readonly gradient: boolean; readonly states: number },
): Layout {
  let end = CONSTANTS.end;
  const take = (bytes: number): number => {
    const address = end;
    end = roundUp(end + bytes, LINE);
    return address;
  };
  const panel = (2 * VECTOR) / lanes.bytes;
  const panels = Math.ceil(batch / panel);
  const layers = units.map((n, index): PanelLayout => {
    const stride = spreadOut(n * PANEL_ROW, 1024);
    const bytes = panels * stride + OVERRUN;
    const l = index + 1;
    const takeIf = (isNeeded: boolean | undefined, size = bytes) => (isNeeded ? take(size) : 0);
    return {
      units: n,
      stride,
      a: take(bytes),
      slope: takeIf(slopes[l]),
      delta: takeIf(l > 1),
      error: takeIf(errors[l]),
      hat: takeIf(norms[l]),
      r: takeIf(norms[l], panels * PANEL_ROW),
      unscaled: takeIf(norms[l]),
    };
  });
  const strips = hasStrips(lanes, units[0]!) ? layStrips(lanes, units[0]!, panels * panel, take) : undefined;
  const y = take(panels * layers.at(-1)!.stride);
  const masks = take(panels * PANEL_ROW);

  const start = end;
  const Theta = units.slice(1).map((rows, index): MatrixLayout => {
    const columns = units[index]!;
    const pitch = spreadOut(roundUp(columns * lanes.bytes, VECTOR), 512);
    return { address: take(rows * pitch), pitch, rows, columns };
  });
  const biases = end;
  const b = units.slice(1).map((n) => take(n * lanes.bytes));
  const normsStart = end;
  const vectors = () => [0, ...units].map((n, l) => (norms[l] ? take(n * lanes.bytes) : 0));
  const [gamma, beta] = [vectors(), vectors()];
  const parameters = { start, biases, norms: normsStart, end };
  const size = end - start;
  const firstState = stored.gradient ? 2 : 1;
  end = start + (firstState + stored.states) * size;
  return {
    panel,
    panels,
    missing: panels * panel - batch,
    layers: [{ units: 0, stride: 0, a: 0, slope: 0, delta: 0, error: 0, hat: 0, r: 0, unscaled: 0 }, ...layers],
    strips,
    y,
    masks,
    Theta: [{ address: 0, pitch: 0, rows: 0, columns: 0 }, ...Theta],
    b: [0, ...b],
    gamma,
    beta,
    toGradient: size,
    toState: Array.from({ length: stored.states }, (_, i) => (firstState + i) * size),
    parameters,
    end,
  };
}

/** Strips are faster than panels from this many columns on; with fewer, the copy costs what they gain. */
const MANY_COLUMNS = 128;

/** float64 needs panels for the order of sums of the reference implementation. */
const hasStrips = ({ precision }: Lanes, columns: number): boolean =>
  precision === 'float32' && columns >= MANY_COLUMNS;

function layStrips({ bytes }: Lanes, columns: number, examples: number, take: (bytes: number) => number): StripLayout {
  const stride = spreadOut(examples * PANEL_ROW, 1024);
  return { address: take(Math.ceil((columns * bytes) / PANEL_ROW) * stride), stride };
}

/** A pass over activations may run past the last panel, by less than this many bytes. */
const OVERRUN = 256;

/** Bytes of the indices of one batch: an i32 for every lane of every panel. */
export const indexBytes = ({ panels, panel }: Layout): number => panels * panel * 4;

/** Bytes of one layer's panels of a batch. */
export const panelBytes = ({ layers, panels }: Layout, l: number): number => panels * layers[l]!.stride;

/** Where z or a of layer l begins among a batch's z[2], a[2], z[3], a[3], …. */
export const activationsAt = (layout: Layout, l: number, kind: 'z' | 'a'): number =>
  range(2, l - 1).reduce((sum, k) => sum + 2 * panelBytes(layout, k), kind === 'a' ? panelBytes(layout, l) : 0);

/** Bytes of all z and a of a batch. */
export const activationBytes = (layout: Layout): number => activationsAt(layout, layout.layers.length, 'z');
