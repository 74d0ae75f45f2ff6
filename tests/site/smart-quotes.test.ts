/** Smart quotes: straight quotation marks become those of the language, in any context; apostrophes stay apostrophes. */
import { fromHtml } from 'hast-util-from-html';
import { toString as plainText } from 'hast-util-to-string';
import { visit } from 'unist-util-visit';
import { afterEach, expect, test } from 'vitest';
import { setLanguage } from '../../src/i18n/index.ts';
import { html } from './checks/post.ts';

afterEach(() => setLanguage('en-GB'));

/** The text of a post, with x for formulas. */
async function text(source: string): Promise<string> {
  const tree = fromHtml(await html(source), { fragment: true });
  visit(tree, 'element', (element) => {
    if ([element.properties.className].flat().includes('katex')) element.children = [{ type: 'text', value: 'x' }];
  });
  return plainText(tree).trim();
}

test.each([
  ['en', '“she said ‘no’ twice”, “‘All’” and ‘“All”’'],
  ['de', '„she said ‚no‘ twice“, „‚All‘“ and ‚„All“‘'],
  ['es', '«she said “no” twice», «“All”» and “«All»”'],
  ['fr', '«\u00a0she said “no” twice\u00a0», «\u00a0“All”\u00a0» and “«\u00a0All\u00a0»”'],
  ['ja', '「she said 『no』 twice」, 「『All』」 and 『「All」』'],
  ['zh', '“she said ‘no’ twice”, “‘All’” and ‘“All”’'],
])('%s has marks of its own, also within one another', async (language, expected) => {
  await setLanguage(language);
  expect(await text(`"she said 'no' twice", "'All'" and '"All"'`)).toBe(expected);
});

test.each([
  [`"One 'two "three" two' one."`, '„One ‚two „three“ two‘ one.“'],
  [`("a"), ['b'], —"c"—, "d"/"e": "f", 'g'; "h"? "i"…`, '(„a“), [‚b‘], —„c“—, „d“/„e“: „f“, ‚g‘; „h“? „i“…'],
  [`"¿Qué?" "…" "— x" "(a) b" "-5 °C" "#tag"`, '„¿Qué?“ „…“ „— x“ „(a) b“ „-5 °C“ „#tag“'],
  [`"$x$", '$x$', "$x$ is", "is $x$", "$x$-like"`, '„x“, ‚x‘, „x is“, „is x“, „x-like“'],
  [`"\`a\`" and '\`a\`'`, '„a“ and ‚a‘'],
  [`"*a*", *"a"*, '**a**', **'a'**, "*a* b", "b *a*"`, '„a“, „a“, ‚a‘, ‚a‘, „a b“, „b a“'],
  [`"[a](https://a.example)" and ["a"](https://a.example)`, '„a“ and „a“'],
  [`"<b>a</b>" and <b>'a'</b>`, '„a“ and ‚a‘'],
  ['"a"\\\n"b"', '„a“\n„b“'],
])('marks stand on the right side of it: %s', async (source, expected) => {
  await setLanguage('de');
  expect(await text(source)).toBe(expected);
});

test.each([
  [`l'eau, d'"été", l'**"un"**, "l'*un*"`, 'l’eau, d’«~été~», l’«~un~», «~l’un~»'],
  [`l'$x$, l'\`a\`, l'[un](https://a.example), $x$'s`, 'l’x, l’a, l’un, x’s'],
  [`don't 'don't' "don't" "x"'s`, 'don’t “don’t” «~don’t~» «~x~»’s'],
  [`the '90s, 'tis, rock 'n' roll, students' work`, 'the ’90s, ’tis, rock ’n’ roll, students’ work'],
  [`f'(x), f''(x), 1'000, l'« eau »`, 'f’(x), f’’(x), 1’000, l’« eau »'],
])('apostrophes: %s', async (source, expected) => {
  await setLanguage('fr');
  expect(await text(source)).toBe(expected.replaceAll('~', '\u00a0'));
});

test.each([
  [`日本語"引用'内'引用"です。"次"`, '日本語「引用『内』引用」です。「次」'],
  [`彼は"はい"と"no"。'いち'と'に'`, '彼は「はい」と「no」。『いち』と『に』'],
])('in scripts without spaces pairs tell: %s', async (source, expected) => {
  await setLanguage('ja');
  expect(await text(source)).toBe(expected);
});

test('an inch sign is not a closing quotation mark', async () => {
  await setLanguage('fr');
  expect(await text('5\'10" and 6" and "10"')).toBe('5’10" and 6" and «\u00a010\u00a0»');
});

test('typographic quotation marks are unchanged', async () => {
  await setLanguage('fr');
  expect(await text('“a” „b“ ‘c’ «d» ‹e›')).toBe('“a” „b“ ‘c’ «d» ‹e›');
});
