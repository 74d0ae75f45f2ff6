/** Types of Astro's client, and of imports of `.astro` files. */
/// <reference types="astro/client" />

declare module 'virtual:astro-measured/components' {
  const components: Readonly<Record<string, import('astro/runtime/server/index.js').AstroComponentFactory>>;
  export default components;
}

declare module '*.astro' {
  const component: import('astro/runtime/server/index.js').AstroComponentFactory;
  export default component;
}
