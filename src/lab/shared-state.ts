/**
 * State that all copies of a module share. Node loads Astro's configuration, Astro's loaders and pages are bundled: each
 * has its own copy of a module that it imports, and its own variables.
 */

/** The value called `name`, made by `create` when it is asked for first: the same object in every copy of a module. */
export function sharedState<T extends object>(name: string, create: () => T): T {
  const key = Symbol.for(`measured.${name}`);
  const store = globalThis as { [key: symbol]: unknown };
  store[key] ??= create();
  return store[key] as T;
}
