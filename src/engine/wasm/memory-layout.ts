/**
 * The memory layout of a module: addresses of activations, deltas, targets, parameters and optimiser state.
 *
 * Activations and deltas lie in panels. A panel holds the examples that fill two vectors, unit after unit. Activations of wide
 * layers are also stored in strips: a strip holds the units that fill two vectors, example after example. Θ is stored by rows; the
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

/** Where the strips of a layer lie, `stride` bytes each. */
export interface StripLayout {
  readonly address: number;
  readonly stride: number;
  /** How many partial sums an entry of the gradient has: example e belongs to sum e mod `sums`. */
  readonly sums: 1 | 2 | 4;
  /** Bytes from one example of a vector to the next, and to the same one of the next vector: each sum's examples lie together. */
  readonly example: number;
  readonly vector: number;
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
  /** By layer l = 1 … L − 1, the first entry unused: present where the gradient of Θ^(l) is computed from strips. */
  readonly strips: readonly (StripLayout | undefined)[];
  /** The partial sums of a tile of that gradient. */
  readonly partialSums: number;
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
  const strips = layStrips(lanes, units, panels * panel, take);
  const partialSums = take(PARTIAL_SUMS);
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
    partialSums,
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

/** From so many columns on, all examples of an input in float32 are summed in order: one sum is faster than four. */
const MANY_COLUMNS = 128;
/** Strips are faster than panels from so many columns, rows and examples on; with fewer, the copy costs what they gain. */
const [STRIP_COLUMNS, STRIP_ROWS, STRIP_EXAMPLES] = [32, 16, 32];

/** Bytes of the partial sums of a tile: four of up to five rows by four vectors. */
const PARTIAL_SUMS = 4 * 5 * 4 * VECTOR;

/** The strips of the input stay; the other layers' are made when they are needed, all at the same address. */
function layStrips(
  { bytes, width, precision }: Lanes,
  units: readonly number[],
  examples: number,
  take: (bytes: number) => number,
): readonly (StripLayout | undefined)[] {
  const stride = spreadOut(examples * PANEL_ROW, 1024);
  const sumsOf = (columns: number, index: number): StripLayout['sums'] | undefined => {
    if (index === 0 && precision === 'float32' && columns >= MANY_COLUMNS) return 1;
    const isLarge = columns >= STRIP_COLUMNS && units[index + 1]! >= STRIP_ROWS && examples >= STRIP_EXAMPLES;
    return isLarge ? width : undefined;
  };
  const all = units.slice(0, -1).map(sumsOf);
  const bytesOf = (index: number): number =>
    all[index] === undefined ? 0 : Math.ceil((units[index]! * bytes) / PANEL_ROW) * stride;
  const input = take(bytesOf(0));
  const hidden = take(Math.max(0, ...range(1, all.length - 1).map(bytesOf)));
  const layoutOf = (sums: StripLayout['sums'], index: number): StripLayout => ({
    address: index === 0 ? input : hidden,
    stride,
    sums,
    example: sums === 1 ? PANEL_ROW : (examples / sums) * PANEL_ROW,
    vector: sums === 1 ? width * PANEL_ROW : PANEL_ROW,
  });
  return [undefined, ...all.map((sums, index) => sums && layoutOf(sums, index))];
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
