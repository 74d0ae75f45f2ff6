/** Parses IDX, the format of MNIST: two zero bytes, type, number of dimensions, their sizes, then big-endian values. */

type Values = Uint8Array | Int8Array | Int16Array | Int32Array | Float32Array | Float64Array;

/** An array of any rank: `shape` has its size along each dimension, `values` are in row-major order. */
export type IdxArray = { readonly shape: readonly number[]; readonly values: Values };

type Kind = { bytes: number; make(n: number): Values; read(view: DataView, at: number): number };

const kinds: Readonly<Record<number, Kind>> = {
  8: { bytes: 1, make: (n) => new Uint8Array(n), read: (view, at) => view.getUint8(at) },
  9: { bytes: 1, make: (n) => new Int8Array(n), read: (view, at) => view.getInt8(at) },
  11: { bytes: 2, make: (n) => new Int16Array(n), read: (view, at) => view.getInt16(at) },
  12: { bytes: 4, make: (n) => new Int32Array(n), read: (view, at) => view.getInt32(at) },
  13: { bytes: 4, make: (n) => new Float32Array(n), read: (view, at) => view.getFloat32(at) },
  14: { bytes: 8, make: (n) => new Float64Array(n), read: (view, at) => view.getFloat64(at) },
};

const hex = (byte: number): string => `0x${byte.toString(16).padStart(2, '0')}`;

/** Reads an array. Throws SyntaxError with the byte at a wrong magic number, unknown type, or wrong number of bytes. */
export function parseIdx(bytes: Uint8Array): IdxArray {
  if (bytes.length < 4) throw new SyntaxError(`byte ${bytes.length}: an IDX file starts with 4 bytes, this one ends`);
  for (const at of [0, 1]) {
    if (bytes[at] !== 0) throw new SyntaxError(`byte ${at}: ${hex(bytes[at]!)} where IDX has 0x00`);
  }
  const kind = kinds[bytes[2]!];
  if (kind === undefined) throw new SyntaxError(`byte 2: ${hex(bytes[2]!)} is no IDX type (0x08, 0x09, 0x0b … 0x0e)`);
  const rank = bytes[3]!;
  const start = 4 + 4 * rank;
  if (bytes.length < start) throw new SyntaxError(`byte ${bytes.length}: the file ends inside its ${rank} dimensions`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const shape = Array.from({ length: rank }, (_, i) => view.getUint32(4 + 4 * i));
  const n = shape.reduce((product, size) => product * size, 1);
  const expected = start + n * kind.bytes;
  if (bytes.length !== expected) {
    const found = bytes.length < expected ? `the file ends at byte ${bytes.length}` : `${bytes.length} bytes`;
    throw new SyntaxError(`${found} where ${shape.join(' × ')} values of ${kind.bytes} bytes end at byte ${expected}`);
  }
  const values = kind.make(n);
  for (let i = 0; i < n; i++) values[i] = kind.read(view, start + i * kind.bytes);
  return { shape, values };
}
