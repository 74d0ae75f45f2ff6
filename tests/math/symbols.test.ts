/** Symbols read from formulas, and which symbol of a notation each of them is. */
import { describe, expect, test } from 'vitest';
import { texSymbols } from '../../src/math/index.ts';
import { bestFit, lettersOf } from '../../src/math/symbols/match-symbols.ts';

const macros = { '\\E': '\\mathbb{E}', '\\Var': '\\operatorname{Var}' };
const read = (tex: string) => texSymbols(tex, { macros });
const parts = (tex: string) => read(tex).filter(({ inScript }) => !inScript);

describe('a symbol', () => {
  test.each([
    ['\\delta^{(l)}_i', ['δ', 'i', '', '(l)']],
    ['\\delta_i^{(l)}', ['δ', 'i', '', '(l)']],
    ['{\\delta}^{(l)}', ['δ', '', '', '(l)']],
    ['\\sigma_w^2', ['σ', 'w', '', '2']],
    ['\\mu_{\\min}', ['μ', 'min', '', '']],
    ["g''_1", ['g', '1', '′′', '']],
    ['\\hat z^{(l)}', ['accent z^', '', '', '(l)']],
    ['\\mathcal{S}', ['mathcal S', '', '', '']],
    ['\\E', ['mathbb E', '', '', '']],
    ['\\Var', ['operator Var', '', '', '']],
    ['\\mathbf 1', ['mathbf 1', '', '', '']],
    ['x_i^*', ['x', 'i', '', '∗']],
    ['\\odot', ['⊙', '', '', '']],
  ])('%s is read with its scripts', (tex, expected) => {
    expect(parts(tex).map(({ base, sub, primes, sup }) => [base, sub, primes, sup])).toEqual([expected]);
  });

  test.each([
    ['\\frac{\\partial J}{\\partial a}', ['∂', 'a', '∂', 'J']],
    ['\\sum_{k=1}^{n} k', ['operator ∑', 'k']],
    ['\\begin{aligned} a &= x \\\\ b &= \\sqrt{y} \\end{aligned}', ['a', 'b', '=', 'x', '=', 'y']],
    ['\\left( \\underbrace{A}_{H} \\right)^2', ['(', 'H', 'A', ')']],
    ['\\text{any } x', ['text any', 'x']],
    ['2 \\Var xy\\Theta\\Gamma = 22', ['2', 'operator Var', 'x', 'y', 'Θ', 'Γ', '=', '22']],
  ])('%s is searched for symbols, limits left out', (tex, expected) => {
    expect(parts(tex).map(({ base }) => base)).toEqual(expected);
  });

  test.each([
    ['a = b', ['a']],
    ['u, v', ['u', 'v']],
    ['f(x, y) = z', ['f']],
    ['\\mathcal{U}(-c, c)', ['mathcal U']],
    ['2h', []],
    ['\\frac{a}{b}', []],
    ['\\begin{aligned} a &= b \\\\ c &= d \\end{aligned}', ['a', 'c']],
  ])('leads in %s where it is alone or before a relation or an argument', (tex, expected) => {
    expect(
      read(tex)
        .filter(({ leads }) => leads)
        .map(({ base }) => base),
    ).toEqual(expected);
  });
});

describe('a notation', () => {
  const table = [
    '\\Theta^{(l)}',
    'g,\\ g^\\prime',
    '\\sigma',
    '\\sigma_w^2',
    '\\beta',
    '\\beta^{(l)}',
    'w_i',
    'd^{(l)}',
    'x^*',
  ];
  const entries = table.map((tex) => read(tex).filter(({ leads }) => leads));
  const entryOf = (tex: string) => table[bestFit(entries, parts(tex)[0]!)];

  test.each([
    ['\\Theta^{(L-1)}_{ij}', '\\Theta^{(l)}'],
    ['\\Theta_{ij}', '\\Theta^{(l)}'],
    ['\\Theta^{\\mathsf T}', '\\Theta^{(l)}'],
    ["g'", 'g,\\ g^\\prime'],
    ["g''(s)", 'g,\\ g^\\prime'],
    ['\\sigma(z)', '\\sigma'],
    ['\\sigma_w', '\\sigma_w^2'],
    ['\\sigma_w^4', '\\sigma_w^2'],
    ['\\beta', '\\beta'],
    ['\\beta^{(2)}', '\\beta^{(l)}'],
    ['w_1', 'w_i'],
    ['w', 'w_i'],
    ['d^{(l+1)}', 'd^{(l)}'],
    ['x^*', 'x^*'],
  ])('has %s as its %s', (tex, expected) => {
    expect(entryOf(tex)).toBe(expected);
  });

  test.each([
    '\\sigma_b',
    '\\sigma_{\\max}',
    '\\hat\\Theta',
    '\\mathbf{w}',
    'd x',
    'x',
    'w_{\\text{new}}',
    '\\mathfrak{g}',
  ])('does not have %s', (tex) => {
    expect(entryOf(tex)).toBeUndefined();
  });
});

test.each([
  ['\\sum_k k \\ln x_k', ['x']],
  ['e^{i\\pi} + \\int_0^1 f \\, dx', ['f', 'x']],
  ['\\Delta J = \\kappa \\max_v \\mathbb R', ['J', 'κ']],
  ['\\text{any } 3 + \\frac{\\partial a}{\\partial b}', ['b', 'a']],
])('the letters of %s that need an introduction are those that not everybody knows', (tex, expected) => {
  expect(lettersOf(read(tex)).map(({ base }) => base)).toEqual(expected);
});
