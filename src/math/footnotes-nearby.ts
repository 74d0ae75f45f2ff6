/**
 * Footnotes after `!`, as in `So it is![^1]`, read in time that grows with the text. GFM's extension looks back from each
 * `]` through the whole paragraph for the `![` that such a note begins with, so that 48 kB of brackets take a minute.
 */
import { gfmFootnote } from 'micromark-extension-gfm-footnote';
import type { Processor } from 'unified';

/** A label has 999 characters at most (CommonMark, "link label"), and these hardly make more events. */
const reach = 1000;

/** A remark plugin, to be used after remark-gfm. */
export function remarkFootnotesNearby(this: Processor): void {
  const { 93: constructs } = gfmFootnote().text ?? {};
  const [afterMark] = [constructs].flat();
  if (!afterMark?.name) throw new Error('micromark-extension-gfm-footnote reads `]` no more');
  const nearby: typeof afterMark = {
    ...afterMark,
    name: 'gfmFootnoteCallNearby',
    tokenize(...effects) {
      const near = Object.create(this, { events: { value: this.events.slice(-reach) } });
      return afterMark.tokenize.apply(near, effects);
    },
  };
  const data = this.data();
  data.micromarkExtensions = [
    ...(data.micromarkExtensions ?? []),
    { disable: { null: [afterMark.name] }, text: { 93: nearby } },
  ];
}
