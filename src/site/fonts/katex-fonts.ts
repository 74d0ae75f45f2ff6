/** Removes the woff and ttf fonts from KaTeX's style sheet: every browser that has CSS variables reads woff2. */

/** Vite plugin: keeps only woff2 in `katex.css`, so that the other files are not published. */
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
