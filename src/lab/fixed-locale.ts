/**
 * One locale and one time zone for all that is measured and drawn, whatever the machine's: imported first by the command
 * line and by Astro's settings. (Tasks, in realms of their own, may ask for no locale at all.)
 */
const locale = 'en-US';

// As long as no date has been used, the process can still choose.
process.env.TZ = 'UTC';

/** The locales that were asked for, as far as there are any, before the fixed one: never the machine's. */
const chosen = (asked: Intl.LocalesArgument): Intl.LocalesArgument =>
  asked === undefined ? locale : [...Intl.Collator.supportedLocalesOf(asked as string[]), locale];

type Anything = (this: unknown, ...parts: unknown[]) => unknown;

/** Makes the argument at `index` of a method an explicit locale. */
function fixMethod(prototype: object, name: string, index: number): void {
  const method = Reflect.get(prototype, name) as Anything;
  const fixed = new Proxy(method, {
    apply: (target, self, parts: unknown[]) => {
      const given = [...parts];
      given[index] = chosen(parts[index] as Intl.LocalesArgument);
      return Reflect.apply(target, self, given);
    },
  });
  Object.defineProperty(prototype, name, { value: fixed });
}

for (const name of ['toLocaleLowerCase', 'toLocaleUpperCase']) fixMethod(String.prototype, name, 0);
fixMethod(String.prototype, 'localeCompare', 1);
for (const type of [Number, BigInt]) fixMethod(type.prototype, 'toLocaleString', 0);
for (const what of ['', 'Date', 'Time']) fixMethod(Date.prototype, `toLocale${what}String`, 0);

type Service = (new (...parts: unknown[]) => object) & { readonly prototype: object };

for (const name of Object.getOwnPropertyNames(Intl)) {
  const service = Reflect.get(Intl, name) as Service;
  if (typeof service !== 'function' || !('supportedLocalesOf' in service)) continue;
  const given = ([asked, ...others]: unknown[]) => [chosen(asked as Intl.LocalesArgument), ...others];
  const fixed: Service = new Proxy(service, {
    apply: (target, self, parts: unknown[]) => Reflect.apply(target as unknown as Anything, self, given(parts)),
    construct: (target, parts: unknown[], by) =>
      Reflect.construct(target, given(parts), by === fixed ? target : by) as object,
  });
  Object.defineProperty(Intl, name, { value: fixed });
  Object.defineProperty(service.prototype, 'constructor', { value: fixed });
}

if (typeof navigator === 'object') {
  const prototype = Object.getPrototypeOf(navigator) as object;
  Object.defineProperty(prototype, 'language', { get: () => locale, configurable: true });
  Object.defineProperty(prototype, 'languages', { get: () => [locale], configurable: true });
}
