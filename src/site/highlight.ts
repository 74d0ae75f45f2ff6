/** Sources as coloured HTML, as the code blocks of posts are. */
import { made } from './made.ts';

/** TypeScript as a `<pre>` in the colours of `code.css`. */
export const highlighted = (code: string): Promise<string> =>
  made('code', [code], async () => {
    const { createShikiHighlighter } = await import('@astrojs/markdown-remark/shiki');
    const highlighter = await createShikiHighlighter({ theme: 'css-variables' });
    return highlighter.codeToHtml(code, 'ts');
  });
