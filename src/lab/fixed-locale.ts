/**
 * Sets the process's locale to en-US and its time zone to UTC, whatever the machine's, so that measures and charts are
 * the same everywhere. Imported first by the command line and by Astro's configuration. (In a task's realm, to use the
 * locale is an error.)
 */
const locale = 'en-US';

// Node reads TZ at the first use of a date.
process.env.TZ = 'UTC';

/** The requested locales that are supported, then the fixed one as fallback: never the machine's. */
const resolveLocales = (requested: Intl.LocalesArgument): Intl.LocalesArgument =>
  requested === undefined ? locale : [...Intl.Collator.supportedLocalesOf(requested as string[]), locale];

type AnyFunction = (this: unknown, ...args: unknown[]) => unknown;

/** Makes a method take its locale, the argument at `index`, from `resolveLocales`. */
function fixMethod(prototype: object, name: string, index: number): void {
  const method = Reflect.get(prototype, name) as AnyFunction;
  const fixed = new Proxy(method, {
    apply: (target, self, args: unknown[]) => {
      const fixedArgs = [...args];
      fixedArgs[index] = resolveLocales(args[index] as Intl.LocalesArgument);
      return Reflect.apply(target, self, fixedArgs);
    },
  });
  Object.defineProperty(prototype, name, { value: fixed });
}

for (const name of ['toLocaleLowerCase', 'toLocaleUpperCase']) fixMethod(String.prototype, name, 0);
fixMethod(String.prototype, 'localeCompare', 1);
for (const type of [Number, BigInt]) fixMethod(type.prototype, 'toLocaleString', 0);
for (const part of ['', 'Date', 'Time']) fixMethod(Date.prototype, `toLocale${part}String`, 0);

/** A service constructor (ECMA-402), such as Intl.NumberFormat. */
type Service = (new (...args: unknown[]) => object) & { readonly prototype: object };

for (const name of Object.getOwnPropertyNames(Intl)) {
  const service = Reflect.get(Intl, name) as Service;
  if (typeof service !== 'function' || !('supportedLocalesOf' in service)) continue;
  const fixArgs = ([locales, ...others]: unknown[]) => [resolveLocales(locales as Intl.LocalesArgument), ...others];
  const fixed: Service = new Proxy(service, {
    apply: (target, self, args: unknown[]) => Reflect.apply(target as unknown as AnyFunction, self, fixArgs(args)),
    construct: (target, args: unknown[], newTarget) =>
      Reflect.construct(target, fixArgs(args), newTarget === fixed ? target : newTarget) as object,
  });
  Object.defineProperty(Intl, name, { value: fixed });
  Object.defineProperty(service.prototype, 'constructor', { value: fixed });
}

if (typeof navigator === 'object') {
  const prototype = Object.getPrototypeOf(navigator) as object;
  Object.defineProperty(prototype, 'language', { get: () => locale, configurable: true });
  Object.defineProperty(prototype, 'languages', { get: () => [locale], configurable: true });
}
