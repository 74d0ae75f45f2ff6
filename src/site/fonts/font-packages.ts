/** Loads the fonts named in the setting `fonts`: an npm package, or a style sheet or font file in one or in the blog. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { convert } from 'fontverter';
import { Blob, Face } from 'harfbuzzjs';
import type { FontFace } from '../../figure/text/font.ts';
import { allCodePoints, fontFaces, toRanges } from './font-faces.ts';

const fontFile = /\.(ttf|otf|woff2?)$/i;

const weightWords =
  /(\s+(thin|(extra|ultra)?\s?light|regular|medium|(semi|demi)?\s?bold|(extra|ultra)?\s?bold|black|heavy))+$/i;

/** A name in the setting `fonts` that is not found or cannot be read. */
export class FontError extends Error {
  constructor(name: string, what: string) {
    super(`fonts: “${name}” ${what}`);
    this.name = 'FontError';
  }
}

/** The path of a package's folder, or of a file in a package or below `root`. Throws FontError. */
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

/** The upright faces of a style sheet; browsers slant them for italics. */
async function fromStyleSheet(name: string, file: string): Promise<FontFace[]> {
  const faces: FontFace[] = [];
  for (const { url, italic, ...face } of fontFaces(readFileSync(file, 'utf8'))) {
    if (italic || /^\w+:/.test(url)) continue;
    const font = join(dirname(file), url);
    if (!existsSync(font)) throw new FontError(name, `names ${url}, which is not there`);
    const [own] = face.characters === allCodePoints ? await fromFile(name, font) : [];
    faces.push({
      family: face.family,
      file: font,
      weight: face.weight,
      characters: own?.characters ?? face.characters,
    });
  }
  return faces;
}

/** The face in a font file, described by its tables (OpenType: `OS/2`, `name`, `fvar`, `cmap`); none if it is italic. */
async function fromFile(name: string, file: string): Promise<FontFace[]> {
  let face: Face;
  try {
    face = new Face(new Blob(await convert(readFileSync(file), 'truetype')));
  } catch {
    throw new FontError(name, `is no font that can be read: ${file}`);
  }
  const characters = toRanges(face.collectUnicodes());
  if (characters.length === 0) throw new FontError(name, `is no font that can be read: ${file}`);
  const table = face.referenceTable('OS/2');
  const os2 = table && new DataView(table.buffer, table.byteOffset, table.byteLength);
  if (os2 && os2.getUint16(62) & 1) return [];
  const weight = os2?.getUint16(4) ?? 400;
  const axis = face.getAxisInfos().wght;
  // Some fonts have the weight in the family's name: remove it.
  const family = (face.getName(16, 'en') || face.getName(1, 'en') || name).replace(weightWords, '');
  return [{ family, file, weight: axis ? [axis.min, axis.max] : [weight, weight], characters }];
}

/** The faces of a package that come nearest to the weights that pages use: regular and semibold. */
async function fromPackage(name: string, folder: string): Promise<FontFace[]> {
  const fromSheet = async (file: string) =>
    existsSync(join(folder, file)) ? fromStyleSheet(name, join(folder, file)) : [];
  const regular = await fromSheet('index.css');
  if (regular.length > 0) {
    if (regular.some(({ weight: [, to] }) => to >= 600)) return regular;
    const semibold = await fromSheet('600.css');
    return [...regular, ...(semibold.length > 0 ? semibold : await fromSheet('700.css'))];
  }
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => fontFile.test(file) && !file.includes('node_modules'))
    .sort();
  const upright = (pattern: RegExp) => files.find((file) => pattern.test(file) && !/italic|oblique/i.test(file));
  const chosen = [
    upright(/regular|\b400|\[wght\]|variable|VF/i) ?? files[0],
    upright(/semi-?bold|\b600/i) ?? upright(/bold|\b700/i),
  ];
  const faces = await Promise.all(
    [...new Set(chosen)].filter((file) => file !== undefined).map((file) => fromFile(name, join(folder, file))),
  );
  return faces.flat();
}

/** The faces of the fonts called `names`, for a blog in the folder `root`. Throws FontError if one is not found. */
export async function loadFontFaces(names: readonly string[], root: string): Promise<FontFace[]> {
  const faces: FontFace[] = [];
  for (const name of names) {
    const path = locate(name, root);
    const load = path.endsWith('.css') ? fromStyleSheet : fontFile.test(path) ? fromFile : fromPackage;
    const found = await load(name, path);
    if (found.length === 0) throw new FontError(name, 'has no upright font');
    faces.push(...found);
  }
  return faces;
}
