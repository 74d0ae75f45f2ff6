/** Canonical JSON: one text for one value, whatever order its fields were written in. Finite numbers only. */

/** A value that canonical JSON cannot hold; `path` says where in it. */
export class NotJson extends Error {
  readonly path: string;
  readonly found: string;
  constructor(path: string, found: string) {
    super(
      `${path === '' ? 'the value' : path} is ${found}: only null, booleans, finite numbers, text, lists and plain objects`,
    );
    this.name = 'NotJson';
    this.path = path;
    this.found = found;
  }
}

const step = (path: string, key: string): string =>
  /^[A-Za-z_$][\w$]*$/.test(key) ? (path === '' ? key : `${path}.${key}`) : `${path}[${JSON.stringify(key)}]`;

const isPlain = (value: object): boolean => {
  // Objects of the task's own realm have another Object.prototype, so ask for a prototype without a parent.
  const prototype = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
};

/** Writes `value` with its keys sorted by code unit. Throws NotJson at NaN, ±∞, undefined, functions, class instances. */
export function canonical(value: unknown, path = ''): string {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return JSON.stringify(value);
    case 'number':
      if (!Number.isFinite(value)) throw new NotJson(path, String(value));
      return String(value);
    case 'object': {
      if (value === null) return 'null';
      if (Array.isArray(value)) {
        // Array.from visits holes too, which map would skip.
        return `[${Array.from(value, (item, i) => canonical(item, `${path}[${i}]`)).join(',')}]`;
      }
      if (!isPlain(value)) throw new NotJson(path, `a ${value.constructor?.name ?? 'class instance'}`);
      const object = value as Record<string, unknown>;
      const fields = Object.keys(object).sort();
      return `{${fields.map((key) => `${JSON.stringify(key)}:${canonical(object[key], step(path, key))}`).join(',')}}`;
    }
    default:
      throw new NotJson(path, typeof value === 'undefined' ? 'undefined' : `a ${typeof value}`);
  }
}
