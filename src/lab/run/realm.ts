/**
 * Creates the realm that a task runs in: the language and nothing else. To use a clock, random numbers, timers, the
 * environment or files is an error, since a result may depend only on the inputs in its key.
 */
import { format } from 'node:util';
import { type Context, constants, createContext, runInContext } from 'node:vm';

/** Globals whose every use is impure, with the reason or what to do instead. */
const forbidden: Readonly<Record<string, string>> = {
  Date: 'a result cannot depend on the time',
  Temporal: 'a result cannot depend on the time',
  performance: 'a result cannot depend on the time',
  setTimeout: 'a result cannot depend on timers',
  setInterval: 'a result cannot depend on timers',
  setImmediate: 'a result cannot depend on timers',
  process: 'a result cannot depend on the process or its environment',
  crypto: 'draw from a generator made with the seed',
  fetch: 'a result cannot depend on the network: declare a file in data',
  Intl: 'a result cannot depend on the locale',
  WeakRef: 'a result cannot depend on garbage collection',
  FinalizationRegistry: 'a result cannot depend on garbage collection',
};

const localeAdvice = 'a result cannot depend on the locale: compare with < and >, or write out what is meant';

const fileModules = new Set(['fs', 'fs/promises']);

export type Realm = {
  readonly context: Context;
  /** Resolves imports of Node's modules, to stand-ins whose every use is an error. */
  readonly load: (name: string) => unknown;
  /** The first impurity so far, even if the task caught its error. */
  readonly impurity: () => Error | undefined;
  /** A copy of a value made of this realm's own arrays and objects. */
  readonly adopt: (value: unknown) => unknown;
};

type Intrinsics = {
  Error: ErrorConstructor;
  JSON: JSON;
  Math: Math;
  Reflect: typeof Reflect;
  [name: string]: unknown;
};

/** The prototypes of the realm's classes, and those that they inherit from, by class name. */
function prototypesIn(intrinsics: object): Map<string, object> {
  const found = new Map<string, object>();
  for (const name of Object.getOwnPropertyNames(intrinsics)) {
    const { value } = Object.getOwnPropertyDescriptor(intrinsics, name)!;
    if (typeof value !== 'function') continue;
    for (let type = value; typeof type?.prototype === 'object'; type = Object.getPrototypeOf(type)) {
      found.set(type.name, type.prototype);
    }
  }
  return found;
}

/** Makes a fresh realm; `log` receives what the task writes to its console. */
export function createRealm(log: (text: string) => void): Realm {
  const context = createContext(constants.DONT_CONTEXTIFY);
  const intrinsics = runInContext('globalThis', context) as Intrinsics;
  intrinsics.Error.stackTraceLimit = 50;
  let first: Error | undefined;

  const forbid = (use: string, advice: string): never => {
    const error = new intrinsics.Error(`${use} inside a task: ${advice}`);
    first ??= error;
    throw error;
  };
  const impure = (name: string, advice: string): unknown =>
    // The target is a class so that the proxy can be called and constructed.
    new Proxy(class {}, {
      get: (target, key) =>
        // To ask what something is (x instanceof Date, printing it) is allowed.
        key === 'prototype' || typeof key === 'symbol' ? Reflect.get(target, key) : forbid(`${name}.${key}`, advice),
      apply: () => forbid(name, advice),
      construct: () => forbid(`new ${name}`, advice),
    });

  const define = (target: object, name: string, value: unknown) =>
    Object.defineProperty(target, name, { value, writable: true, enumerable: false, configurable: true });
  for (const [type, prototype] of prototypesIn(intrinsics)) {
    for (const name of Object.getOwnPropertyNames(prototype).filter((each) => /locale/i.test(each))) {
      define(prototype, name, impure(`${type}.${name}`, localeAdvice));
    }
  }
  for (const [name, advice] of Object.entries(forbidden)) define(intrinsics, name, impure(name, advice));
  define(intrinsics.Math, 'random', impure('Math.random', 'draw from a generator made with the seed'));
  const write = (...parts: unknown[]) => log(format(...parts));
  define(intrinsics, 'console', { log: write, info: write, warn: write, error: write, debug: write });
  for (const global of [TextEncoder, TextDecoder]) define(intrinsics, global.name, global);

  const load = (name: string): unknown => {
    const plain = name.replace(/^node:/, '');
    const advice = fileModules.has(plain)
      ? 'declare the file in data'
      : plain === 'child_process'
        ? 'run the program yourself, and declare what it wrote in data'
        : 'a result can depend on its arguments alone';
    const names = Object.keys(process.getBuiltinModule(`node:${plain}`) ?? {});
    return Object.fromEntries(names.map((each) => [each, impure(`node:${plain} ${each}`, advice)]));
  };

  const adopt = (value: unknown): unknown => {
    if (ArrayBuffer.isView(value)) {
      const array = intrinsics[value.constructor.name] as new (from: unknown) => unknown;
      return new array(value);
    }
    if (typeof value === 'object' && value !== null && Object.values(value).some(ArrayBuffer.isView)) {
      const copy = intrinsics.JSON.parse('{}') as Record<string, unknown>;
      for (const [key, part] of Object.entries(value)) copy[key] = adopt(part);
      return copy;
    }
    return intrinsics.JSON.parse(JSON.stringify(value));
  };

  return { context, load, impurity: () => first, adopt };
}
