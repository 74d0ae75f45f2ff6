/**
 * Builds a WebAssembly module from functions of code.
 *
 * The assembler is the engine's own: the kernels need some sixty instructions, which take a few short files. Binaryen 132 is
 * 104 MB installed and loads in 0.4 s, as long as it takes to assemble some twenty networks, and its optimiser would have to be
 * kept from reordering sums.
 */
import type { Code } from './encoding.ts';
import { flatten, list, name, section, sized, unsigned } from './encoding.ts';
import type { FunctionReference, Local, ValueType } from './instructions.ts';
import { push } from './instructions.ts';

const TYPES: Record<ValueType, number> = { i32: 0x7f, f32: 0x7d, f64: 0x7c, v128: 0x7b };
const FUNCTION = 0x60;

/** The local variables of one function. When a scope ends, its locals are free for reuse. */
export class Frame {
  readonly #types: ValueType[] = [];
  readonly #parameters: number;
  #free: Local[] = [];
  #taken: Local[] = [];

  constructor(parameters: number) {
    this.#parameters = parameters;
  }

  local(type: ValueType): Local {
    const at = this.#free.findIndex((local) => local.type === type);
    const local = at < 0 ? this.#declare(type) : this.#free.splice(at, 1)[0]!;
    this.#taken.push(local);
    return local;
  }

  locals(type: ValueType, n: number): Local[] {
    return Array.from({ length: n }, () => this.local(type));
  }

  /** Frees one local before its scope ends. */
  release(local: Local): void {
    this.#taken.splice(this.#taken.lastIndexOf(local), 1);
    this.#free.push(local);
  }

  scope<T>(body: () => T): T {
    const outer = this.#taken;
    this.#taken = [];
    const result = body();
    this.#free.push(...this.#taken);
    this.#taken = outer;
    return result;
  }

  #declare(type: ValueType): Local {
    this.#types.push(type);
    return { index: this.#parameters + this.#types.length - 1, type };
  }

  declarations(): Code {
    return list(this.#types.map((type) => [1, TYPES[type]]));
  }
}

interface Definition {
  readonly parameters: readonly ValueType[];
  readonly code: Code;
}

/** A module under construction. Functions return nothing: kernels leave their results in memory. */
export class ModuleBuilder {
  readonly #functions: Definition[] = [];
  readonly #exports: Code[] = [[name('memory'), 2, 0]];
  readonly #data: { readonly address: number; readonly bytes: Uint8Array }[] = [];

  define<const P extends readonly ValueType[]>(
    parameters: P,
    body: (frame: Frame, ...parameters: { [I in keyof P]: Local }) => Code,
  ): FunctionReference {
    const frame = new Frame(parameters.length);
    const given = parameters.map((type, index) => ({ index, type })) as { [I in keyof P]: Local };
    const code = body(frame, ...given);
    this.#functions.push({ parameters, code: [frame.declarations(), code, 0x0b] });
    return { functionIndex: this.#functions.length - 1 };
  }

  export(exported: string, { functionIndex }: FunctionReference): void {
    this.#exports.push([name(exported), 0, unsigned(functionIndex)]);
  }

  /** Initial bytes of memory at `address`. */
  data(address: number, bytes: Uint8Array): void {
    this.#data.push({ address, bytes });
  }

  /** The module's bytes; its memory, exported as `memory`, starts with `pages` pages of 64 KiB. */
  bytes(pages: number): Uint8Array<ArrayBuffer> {
    const functions = this.#functions;
    return flatten([
      [0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
      section(1, list(functions.map(({ parameters }) => [FUNCTION, list(parameters.map((p) => [TYPES[p]])), 0]))),
      section(3, list(functions.map((_, index) => unsigned(index)))),
      section(5, list([[0, unsigned(pages)]])),
      section(7, list(this.#exports)),
      section(10, list(functions.map(({ code }) => sized(code)))),
      section(11, list(this.#data.map(({ address, bytes }) => [0, push(address), 0x0b, sized([...bytes])]))),
    ]);
  }
}
