/**
 * Reads footnotes after `!`, as in `So it is![^1]`, in linear time. GFM's extension searches back from each `]` through
 * the whole paragraph for the `![` that opens such a footnote: 48 kB of brackets take a minute.
 */
import { gfmFootnote } from 'micromark-extension-gfm-footnote';
import type { Processor } from 'unified';

/** Parser events to search: a label has at most 999 characters (CommonMark, "link label"), hardly more events. */
const maxEvents = 1000;

/** Remark plugin, to be used after remark-gfm. */
export function remarkFootnotesNearby(this: Processor): void {
  const { 93: constructs } = gfmFootnote().text ?? {};
  const [afterMark] = [constructs].flat();
  if (!afterMark?.name) throw new Error('micromark-extension-gfm-footnote reads `]` no more');
  const nearby: typeof afterMark = {
    ...afterMark,
    name: 'gfmFootnoteCallNearby',
    tokenize(...effects) {
      const near = Object.create(this, { events: { value: this.events.slice(-maxEvents) } });
      return afterMark.tokenize.apply(near, effects);
    },
  };
  const data = this.data();
  data.micromarkExtensions = [
    ...(data.micromarkExtensions ?? []),
    { disable: { null: [afterMark.name] }, text: { 93: nearby } },
  ];
}
