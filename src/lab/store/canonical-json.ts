/** Writes canonical JSON: equal values give the same text, whatever the order of their keys. Finite numbers only. */

/** The values that canonical JSON can hold, for messages. */
export const jsonValueKinds = 'only null, booleans, finite numbers, text, lists and plain objects';

/** A value that canonical JSON cannot hold; `path` says where in it. */
export class NotJson extends Error {
  readonly path: string;
  readonly found: string;
  constructor(path: string, found: string) {
    super(`${path === '' ? 'the value' : path} is ${found}: ${jsonValueKinds}`);
    this.name = 'NotJson';
    this.path = path;
    this.found = found;
  }
}

/** The path of a value's field. */
const step = (path: string, key: string): string =>
  /^[A-Za-z_$][\w$]*$/.test(key) ? (path === '' ? key : `${path}.${key}`) : `${path}[${JSON.stringify(key)}]`;

const isPlain = (value: object): boolean => {
  // Each realm has an Object.prototype of its own; all of them are prototypes without a parent.
  const prototype = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
};

const classOf = (value: object): string => {
  const name: unknown = value.constructor?.name;
  return typeof name === 'string' && name !== '' ? name : 'class instance';
};

/** `within` has the lists and objects that contain the value, to detect cycles. */
function write(value: unknown, path: string, within: Set<object>): string {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return JSON.stringify(value);
    case 'number':
      if (!Number.isFinite(value)) throw new NotJson(path, String(value));
      return String(value);
    case 'object': {
      if (value === null) return 'null';
      if (within.has(value)) throw new NotJson(path, 'a list or object that holds itself');
      if (!Array.isArray(value) && !isPlain(value)) throw new NotJson(path, `a ${classOf(value)}`);
      within.add(value);
      const text = Array.isArray(value) ? list(value, path, within) : object(value, path, within);
      within.delete(value);
      return text;
    }
    default:
      throw new NotJson(path, typeof value === 'undefined' ? 'undefined' : `a ${typeof value}`);
  }
}

/** Array.from visits holes, which `map` would skip. */
const list = (value: readonly unknown[], path: string, within: Set<object>): string =>
  `[${Array.from(value, (item, i) => write(item, `${path}[${i}]`, within)).join(',')}]`;

function object(value: object, path: string, within: Set<object>): string {
  const fields = value as Readonly<Record<string, unknown>>;
  const written = Object.keys(fields)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${write(fields[key], step(path, key), within)}`);
  return `{${written.join(',')}}`;
}

/**
 * Writes `value` with its keys sorted by code unit. Throws NotJson at NaN, ±∞, undefined, functions, class instances
 * and cycles.
 */
export const canonicalJson = (value: unknown, path = ''): string => write(value, path, new Set());
