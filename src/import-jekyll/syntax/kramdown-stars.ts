/** Stars as kramdown reads them: what follows a space cannot end emphasis, what stands before one cannot begin it, and that is all. */
import { attention } from 'micromark-core-commonmark';
import type { Processor } from 'unified';

const isSpace = (code: number | null): boolean => code === null || code < 0 || /\s/u.test(String.fromCodePoint(code));

/**
 * Remark plugin. Markdown lets `**a:**b` stay stars, since a letter follows where punctuation stands before; so it would with
 * a formula or a citation after a bracket, `**(a)**$x$`.
 */
export function remarkKramdownStars(this: Processor): void {
  const stars: typeof attention = {
    ...attention,
    name: 'kramdownStars',
    tokenize(effects, ok) {
      const { previous } = this;
      return (code) => {
        effects.enter('attentionSequence');
        const inside = (next: number | null): ReturnType<typeof ok> => {
          if (next === code) {
            effects.consume(next as number);
            return inside;
          }
          const token = effects.exit('attentionSequence');
          token._open = !isSpace(next);
          token._close = !isSpace(previous);
          return ok(next);
        };
        return inside(code);
      };
    },
  };
  const data = this.data();
  data.micromarkExtensions = [...(data.micromarkExtensions ?? []), { text: { 42: stars } }];
}
