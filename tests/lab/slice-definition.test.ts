/** Slicing an experiment's definition keeps lines and columns; calls in top-level constants are marked as pure. */
import { describe, expect, test } from 'vitest';
import { annotatePure } from '../../src/lab/bundle/annotate-pure.ts';
import { findRunProperty, sliceDefinition } from '../../src/lab/bundle/slice-definition.ts';
import { parse, SyntaxProblem } from '../../src/lab/bundle/syntax-tree.ts';

const source = `import { defineExperiment } from './define.ts';
const scale = 2;
export default defineExperiment({
  question: 'How?',
  run: ({ slope }) => ({
    sum: slope * scale,
  }),
  seeds: 3, measures: { one: () => 1 },
});
`;
const slice = (which: 'run' | 'description', text = source) => sliceDefinition(text, parse(text), which);

describe('a slice', () => {
  test.each(['run', 'description'] as const)(
    'has every character of the source or a blank in its place: %s',
    (which) => {
      const kept = slice(which);
      expect(kept).toHaveLength(source.length);
      for (let i = 0; i < source.length; i++) {
        if (source[i] === '\n') expect(kept[i]).toBe('\n');
        else expect([source[i], ' ']).toContain(kept[i]);
      }
    },
  );

  test('is run alone, or all but run', () => {
    expect(slice('run').replace(/\s+/g, ' ')).toBe(
      "import { defineExperiment } from './define.ts'; const scale = 2; export default ({ run: ({ slope }) => ({ sum: slope * scale, }), }); ",
    );
    expect(slice('description').replace(/\s+/g, ' ')).toBe(
      "import { defineExperiment } from './define.ts'; const scale = 2; export default ({ question: 'How?', seeds: 3, measures: { one: () => 1 }, }); ",
    );
  });

  test('needs no comma after its last property, which may be run', () => {
    const text = 'export default defineExperiment({ seeds: 3, run: () => 1 })';
    expect(slice('run', text).replace(/\s+/g, '')).toBe('exportdefault({run:()=>1})');
    expect(slice('description', text).replace(/\s+/g, '')).toBe('exportdefault({seeds:3,})');
  });
});

test('runOf finds run, or nothing if there is none', () => {
  const found = findRunProperty(parse(source))!;
  expect(source.slice(found.start, found.end)).toBe('run: ({ slope }) => ({\n    sum: slope * scale,\n  })');
  expect(findRunProperty(parse('export default defineExperiment({ seeds: 3 });'))).toBeUndefined();
});

describe('a definition that cannot be sliced is refused with its offset', () => {
  test.each([
    ['const x = 1;', 0, 'no default export'],
    ['export default 7;', 15, 'the default export is not a call of defineExperiment'],
    ['export default define({});', 15, 'the default export is not a call of defineExperiment'],
    ['export default lab.defineExperiment({});', 15, 'the default export is not a call of defineExperiment'],
    ['export default defineExperiment();', 15, 'defineExperiment is not given an object'],
    ['export default defineExperiment(options);', 15, 'defineExperiment is not given an object'],
    ['export default defineExperiment({ ...more });', 34, 'a spread hides which properties it brings'],
    ["export default defineExperiment({ ['run']: 1 });", 34, 'a property without a plain name'],
    ['export default defineExperiment({ [run]: 1 });', 34, 'a property without a plain name'],
    ["export default defineExperiment({ 'run': 1 });", 34, 'a property without a plain name'],
  ])('%s', (text, offset, message) => {
    const problem = (() => {
      try {
        return slice('run', text);
      } catch (error) {
        return error;
      }
    })();
    expect(problem).toBeInstanceOf(SyntaxProblem);
    expect(problem).toMatchObject({ name: 'SyntaxProblem', offset });
    expect((problem as SyntaxProblem).message).toBe(
      `${message}: write \`export default defineExperiment({ … })\` with every property spelt out`,
    );
  });
});

describe('calls are marked as free of effects', () => {
  const marked = (text: string) => annotatePure(text, parse(text));
  const mark = '/* @__PURE__ */ ';

  test('where a top-level constant gets its value, exported or not', () => {
    expect(marked('const a = f(1);')).toBe(`const a = ${mark}f(1);`);
    expect(marked('export const a = new Map(), b = g();')).toBe(`export const a = ${mark}new Map(), b = ${mark}g();`);
    expect(marked('const a = f(g(1), [h()]);')).toBe(`const a = ${mark}f(${mark}g(1), [${mark}h()]);`);
    expect(marked('const a = { b: f() }.b;')).toBe(`const a = { b: ${mark}f() }.b;`);
  });

  test('once each, if the result of a call is called', () => {
    expect(marked('const a = f()();')).toBe(`const a = ${mark}f()();`);
  });

  test.each([
    'let a = f();',
    'var a = f();',
    'f();',
    'const a = () => f();',
    'const a = function () { return f(); };',
    'const a = class { b = f(); };',
    'function a() { const b = f(); }',
    'export default f();',
    'export { a } from "b";',
    'const a = 1;',
  ])('and nowhere else: %s', (text) => {
    expect(marked(text)).toBe(text);
  });
});
