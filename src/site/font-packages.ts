/** The fonts that a blog names in `fonts`: a package, or a style sheet or a font file in one or in the blog. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { convert } from 'fontverter';
import { Blob, Face } from 'harfbuzzjs';
import type { FontFace } from '../figure/font.ts';
import { everything, fontFaces, ranges } from './font-faces.ts';

const fontFile = /\.(ttf|otf|woff2?)$/i;

const weightWords =
  /(\s+(thin|(extra|ultra)?\s?light|regular|medium|(semi|demi)?\s?bold|(extra|ultra)?\s?bold|black|heavy))+$/i;

/** What is wrong with a name in `fonts`. */
export class FontError extends Error {
  constructor(name: string, what: string) {
    super(`fonts: “${name}” ${what}`);
    this.name = 'FontError';
  }
}

/** The folder of a package, or the file in a package or below `root`. */
function locate(name: string, root: string): string {
  const own = resolve(root, name);
  if (/^\.{0,2}\//.test(name)) {
    if (existsSync(own)) return own;
    throw new FontError(name, `is no file of the blog; expected one such as ./fonts/NotoSansJP.ttf`);
  }
  const [, packageName, inside = ''] = /^((?:@[^/]+\/)?[^/]+)\/?(.*)$/.exec(name)!;
  for (const folder of createRequire(join(root, 'package.json')).resolve.paths(packageName!) ?? []) {
    if (!existsSync(join(folder, packageName!, 'package.json'))) continue;
    const found = join(folder, packageName!, inside);
    if (existsSync(found)) return found;
    throw new FontError(name, `is not in the package ${packageName}, which lies in ${join(folder, packageName!)}`);
  }
  throw new FontError(name, `is not installed; run npm install --save-exact ${packageName}`);
}

/** The faces that a style sheet names; italics are left to the browser, which slants upright letters. */
async function fromStyles(name: string, file: string): Promise<FontFace[]> {
  const faces: FontFace[] = [];
  for (const { url, italic, ...face } of fontFaces(readFileSync(file, 'utf8'))) {
    if (italic || /^\w+:/.test(url)) continue;
    const font = join(dirname(file), url);
    if (!existsSync(font)) throw new FontError(name, `names ${url}, which is not there`);
    const [own] = face.characters === everything ? await fromFile(name, font) : [];
    faces.push({
      family: face.family,
      file: font,
      weight: face.weight,
      characters: own?.characters ?? face.characters,
    });
  }
  return faces;
}

/** The face in a font file, as its own tables describe it (OpenType: `OS/2`, `name`, `fvar`, `cmap`); none if it is slanted. */
async function fromFile(name: string, file: string): Promise<FontFace[]> {
  let face: Face;
  try {
    face = new Face(new Blob(await convert(readFileSync(file), 'truetype')));
  } catch {
    throw new FontError(name, `is no font that can be read: ${file}`);
  }
  const characters = ranges(face.collectUnicodes());
  if (characters.length === 0) throw new FontError(name, `is no font that can be read: ${file}`);
  const table = face.referenceTable('OS/2');
  const os2 = table && new DataView(table.buffer, table.byteOffset, table.byteLength);
  if (os2 && os2.getUint16(62) & 1) return [];
  const weight = os2?.getUint16(4) ?? 400;
  const axis = face.getAxisInfos().wght;
  // Files of one family may name their weight in it; the family is what they share.
  const family = (face.getName(16, 'en') || face.getName(1, 'en') || name).replace(weightWords, '');
  return [{ family, file, weight: axis ? [axis.min, axis.max] : [weight, weight], characters }];
}

/** The two faces of a whole package that come nearest to what pages set: regular and semibold. */
async function fromPackage(name: string, folder: string): Promise<FontFace[]> {
  const styles = async (file: string) => (existsSync(join(folder, file)) ? fromStyles(name, join(folder, file)) : []);
  const regular = await styles('index.css');
  if (regular.length > 0) {
    if (regular.some(({ weight: [, to] }) => to >= 600)) return regular;
    const semibold = await styles('600.css');
    return [...regular, ...(semibold.length > 0 ? semibold : await styles('700.css'))];
  }
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => fontFile.test(file) && !file.includes('node_modules'))
    .sort();
  const named = (words: RegExp) => files.find((file) => words.test(file) && !/italic|oblique/i.test(file));
  const chosen = [
    named(/regular|\b400|\[wght\]|variable|VF/i) ?? files[0],
    named(/semi-?bold|\b600/i) ?? named(/bold|\b700/i),
  ];
  const faces = await Promise.all(
    [...new Set(chosen)].filter((file) => file !== undefined).map((file) => fromFile(name, join(folder, file))),
  );
  return faces.flat();
}

/** The faces of the fonts called `names`, for a blog in the folder `root`. Throws a `FontError` for one that is not there. */
export async function facesOf(names: readonly string[], root: string): Promise<FontFace[]> {
  const faces: FontFace[] = [];
  for (const name of names) {
    const place = locate(name, root);
    const read = place.endsWith('.css') ? fromStyles : fontFile.test(place) ? fromFile : fromPackage;
    const found = await read(name, place);
    if (found.length === 0) throw new FontError(name, 'has no upright font');
    faces.push(...found);
  }
  return faces;
}
