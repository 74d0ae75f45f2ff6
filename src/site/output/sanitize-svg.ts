/** Removes scripts and external references from authors' SVG files, which may also be opened on their own. */
import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import { optimize } from 'svgo';
import { messageOf } from '../../lab/errors.ts';
import { isSafeUrl } from '../links/safe-url.ts';

/** Elements that run code or hold something other than SVG. */
const forbidden = /^(script|handler|listener|foreignobject|iframe|object|embed|audio|video|base|link|meta)$/;
/** Attributes that must not be animated: link targets and event handlers. */
const notAnimatable = /(^|:)(href$|on)/i;
const animations = /^(set|animate|animatecolor|animatemotion|animatetransform)$/;
const localName = (name: string): string => name.replace(/^.*:/, '').toLowerCase();

/** CSS with its escapes resolved, and without `@namespace` rules, whose addresses are never loaded. */
const unescapeCss = (css: string): string =>
  css
    .replace(/\\([\da-f]{1,6})\s?/gi, (_, code) => String.fromCodePoint(Math.min(Number.parseInt(code, 16), 0x10ffff)))
    .replace(/\\(.)/g, '$1')
    .replace(/@namespace[^;]*;/gi, '');
const externalReference =
  /@import|\b(?:url|src|image|image-set|cross-fade)\(\s*(?!["']?\s*(?:#|data:(?:image|font)\/))/i;
const loadsExternal = (css: string): boolean => /[@(\\]/.test(css) && externalReference.test(unescapeCss(css));

/** CSS with external addresses replaced by `none`; empty if some are written so that they cannot be replaced. */
function withoutExternal(css: string): string {
  const cleaned = css
    .replace(/@import[^;]*(?:;|$)/gi, '')
    .replace(/url\(\s*(?!["']?\s*(?:#|data:(?:image|font)\/))[^)]*\)/gi, 'none');
  return loadsExternal(cleaned) ? '' : cleaned;
}

/** Whether an element's reference points into the drawing itself; links may lead to safe addresses. */
function staysWithin(element: string, address: string): boolean {
  if (element === 'a') return isSafeUrl(address);
  return /^\s*#/.test(address) || (/^(image|feimage)$/.test(element) && /^\s*data:image\//i.test(address));
}

/**
 * The SVG without scripts and external references, and what was removed; byte for byte the input if nothing was. Throws
 * at bad XML.
 */
export function sanitizeSvg(svg: string): { svg: string; removed: readonly string[] } {
  const removed: string[] = [];
  const { data } = optimize(svg, {
    plugins: [
      {
        name: 'sanitize',
        fn: () => {
          const remove = (node: object, parent: { children: object[] }, what: string) => {
            removed.push(what);
            parent.children = parent.children.filter((child) => child !== node);
          };
          const cleanStyle = (node: { value: string }, parent: { type: string; name?: string }) => {
            if (localName(parent.name ?? '') !== 'style' || !loadsExternal(node.value)) return;
            removed.push('addresses in <style>');
            node.value = withoutExternal(node.value);
          };
          return {
            doctype: {
              // May declare default attributes, which could hold anything; the parser has expanded entities already.
              enter: (node, parent) =>
                node.data.doctype.includes('[') ? remove(node, parent, 'declarations in <!DOCTYPE>') : undefined,
            },
            instruction: { enter: (node, parent) => remove(node, parent, `<?${node.name}?>`) },
            text: { enter: cleanStyle },
            cdata: { enter: cleanStyle },
            element: {
              enter: (node, parent) => {
                const name = localName(node.name);
                const animatesForbidden = Object.entries(node.attributes).some(
                  ([key, value]) => key === 'attributeName' && notAnimatable.test(value),
                );
                if (forbidden.test(name) || (animations.test(name) && animatesForbidden))
                  return remove(node, parent, `<${node.name}>`);
                for (const [key, value] of Object.entries(node.attributes)) {
                  const local = localName(key);
                  const runs = /^on/.test(local) || key === 'xml:base';
                  const leaves = (local === 'href' || local === 'src') && !staysWithin(name, value);
                  if (!runs && !leaves && !loadsExternal(value)) continue;
                  removed.push(`<${node.name} ${key}>`);
                  if (runs || leaves || key !== 'style') delete node.attributes[key];
                  else node.attributes[key] = withoutExternal(value);
                }
                return undefined;
              },
            },
          };
        },
      },
    ],
  });
  const reported = removed.filter((what) => what !== '<?xml?>');
  return reported.length === 0 ? { svg, removed: [] } : { svg: data, removed: reported };
}

/** Astro integration: sanitises the SVG files of posts and of `public/`, and warns of what it removed. */
export function sanitizeSvgFiles(): AstroIntegration {
  let publicFolder = '';
  return {
    name: 'sanitize-svg',
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
            const { svg, removed } = sanitizeSvg(readFileSync(path, 'utf8'));
            if (removed.length === 0) continue;
            writeFileSync(path, svg);
            logger.warn(`${file}: removed, since drawings run and load nothing: ${[...new Set(removed)].join(', ')}`);
          } catch (error) {
            throw new Error(`${file} is no SVG that can be read: ${messageOf(error)}`, { cause: error });
          }
        }
      },
    },
  };
}
