/** Drawings of authors run nothing and load nothing from elsewhere, also where they are opened by themselves. */
import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import { optimize } from 'svgo';
import { isSafeAddress } from './safe-address.ts';

/** Elements that run, or hold what is no drawing. */
const forbidden = /^(script|handler|listener|foreignobject|iframe|object|embed|audio|video|base|link|meta)$/;
/** What an animation may not give another value: where a link leads, what runs. */
const animated = /(^|:)(href$|on)/i;
const animations = /^(set|animate|animatecolor|animatemotion|animatetransform)$/;
const localName = (name: string): string => name.replace(/^.*:/, '').toLowerCase();

/** CSS without its escapes, and without names of namespaces, which nothing loads. */
const plain = (css: string): string =>
  css
    .replace(/\\([\da-f]{1,6})\s?/gi, (_, code) => String.fromCodePoint(Math.min(Number.parseInt(code, 16), 0x10ffff)))
    .replace(/\\(.)/g, '$1')
    .replace(/@namespace[^;]*;/gi, '');
const loading = /@import|\b(?:url|src|image|image-set|cross-fade)\(\s*(?!["']?\s*(?:#|data:(?:image|font)\/))/i;
const loads = (css: string): boolean => loading.test(plain(css));

/** CSS whose foreign addresses are none; nothing of it where they are written so that they cannot be found. */
function withoutForeign(css: string): string {
  const without = css
    .replace(/@import[^;]*(?:;|$)/gi, '')
    .replace(/url\(\s*(?!["']?\s*(?:#|data:(?:image|font)\/))[^)]*\)/gi, 'none');
  return loads(without) ? '' : without;
}

/** Whether a reference of an element stays within the drawing. */
function staysWithin(element: string, address: string): boolean {
  if (element === 'a') return isSafeAddress(address);
  return /^\s*#/.test(address) || (/^(image|feimage)$/.test(element) && /^\s*data:image\//i.test(address));
}

/** A drawing without what runs or loads, and what that was: an unsuspicious one comes back as it is. Throws at bad XML. */
export function cleanSvg(svg: string): { svg: string; removed: readonly string[] } {
  const removed: string[] = [];
  const { data } = optimize(svg, {
    plugins: [
      {
        name: 'clean',
        fn: () => {
          const without = (node: object, parent: { children: object[] }, what: string) => {
            removed.push(what);
            parent.children = parent.children.filter((child) => child !== node);
          };
          const style = (node: { value: string }, parent: { type: string; name?: string }) => {
            if (localName(parent.name ?? '') !== 'style' || !loads(node.value)) return;
            removed.push('addresses in <style>');
            node.value = withoutForeign(node.value);
          };
          return {
            doctype: {
              // Entities and defaults of attributes, which could hold anything; the parser has put entities in place.
              enter: (node, parent) =>
                node.data.doctype.includes('[') ? without(node, parent, 'declarations in <!DOCTYPE>') : undefined,
            },
            instruction: { enter: (node, parent) => without(node, parent, `<?${node.name}?>`) },
            text: { enter: style },
            cdata: { enter: style },
            element: {
              enter: (node, parent) => {
                const name = localName(node.name);
                const changes = Object.entries(node.attributes).some(
                  ([key, value]) => key === 'attributeName' && animated.test(value),
                );
                if (forbidden.test(name) || (animations.test(name) && changes))
                  return without(node, parent, `<${node.name}>`);
                for (const [key, value] of Object.entries(node.attributes)) {
                  const local = localName(key);
                  const runs = /^on/.test(local) || key === 'xml:base';
                  const leaves = (local === 'href' || local === 'src') && !staysWithin(name, value);
                  if (!runs && !leaves && !loads(value)) continue;
                  removed.push(`<${node.name} ${key}>`);
                  if (runs || leaves || key !== 'style') delete node.attributes[key];
                  else node.attributes[key] = withoutForeign(value);
                }
                return undefined;
              },
            },
          };
        },
      },
    ],
  });
  const own = removed.filter((what) => what !== '<?xml?>');
  return own.length === 0 ? { svg, removed: [] } : { svg: data, removed: own };
}

/** Astro integration: cleans the drawings of posts and of `public/`, and says what it removed. */
export function cleanDrawings(): AstroIntegration {
  let publicFolder = '';
  return {
    name: 'clean-drawings',
    hooks: {
      'astro:config:done': ({ config }) => {
        publicFolder = fileURLToPath(config.publicDir);
      },
      'astro:build:done': ({ dir, logger }) => {
        const dist = fileURLToPath(dir);
        const own = existsSync(publicFolder) ? globSync('**/*.svg', { cwd: publicFolder }) : [];
        for (const file of [...globSync('_astro/**/*.svg', { cwd: dist }), ...own].sort()) {
          const path = join(dist, file);
          try {
            const { svg, removed } = cleanSvg(readFileSync(path, 'utf8'));
            if (removed.length === 0) continue;
            writeFileSync(path, svg);
            logger.warn(`${file}: removed, since drawings run and load nothing: ${[...new Set(removed)].join(', ')}`);
          } catch (error) {
            throw new Error(`${file} is no SVG that can be read: ${error instanceof Error ? error.message : error}`, {
              cause: error,
            });
          }
        }
      },
    },
  };
}
