/** KaTeX's stylesheet names each font in three formats; every browser that has CSS variables reads the first. */

/** Vite plugin: keeps only woff2 in `katex.css`, so that the other files never reach the site. */
export function katexFonts() {
  return {
    name: 'katex-woff2',
    enforce: 'pre' as const,
    transform(code: string, id: string) {
      if (!/katex(\.min)?\.css/.test(id)) return undefined;
      return code.replace(/,\s*url\([^)]+\.(?:woff|ttf)\)\s*format\(["'][a-z]+["']\)/g, '');
    },
  };
}
