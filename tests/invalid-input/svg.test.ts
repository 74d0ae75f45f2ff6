/** SVG sanitising: scripts and external loads are removed and reported, and a harmless drawing is unchanged, byte for byte. */
import { globSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { sanitizeSvg } from '../../src/site/output/sanitize-svg.ts';

const start = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9">';
const drawing = (inner: string): string => `${start}${inner}<rect width="9" height="9"/></svg>`;

describe('removed', () => {
  test.each([
    ['<script>alert(1)</script>', '<script>'],
    ['<s:script xmlns:s="http://www.w3.org/2000/svg">alert(1)</s:script>', '<s:script>'],
    ['<script href="https://evil.example/x.js"/>', '<script>'],
    ['<g onload="alert(1)"/>', '<g onload>'],
    ['<g OnClick="alert(1)"/>', '<g OnClick>'],
    [
      '<foreignObject><body xmlns="http://www.w3.org/1999/xhtml">evil.example</body></foreignObject>',
      '<foreignObject>',
    ],
    ['<image href="https://evil.example/x.png"/>', '<image href>'],
    ['<image xlink:href="//evil.example/x.png"/>', '<image xlink:href>'],
    ['<image href="evil.example.png"/>', '<image href>'],
    ['<use href="https://evil.example/x.svg#a"/>', '<use href>'],
    ['<use href="data:image/svg+xml,evil.example"/>', '<use href>'],
    ['<a href="javascript:alert(1)"><text>x</text></a>', '<a href>'],
    ['<a xlink:href="java&#10;script:alert(1)"><text>x</text></a>', '<a xlink:href>'],
    ['<a href="#"><set attributeName="href" to="javascript:alert(1)"/></a>', '<set>'],
    ['<a><animate attributeName="xlink:href" values="javascript:alert(1)"/></a>', '<animate>'],
    ['<g style="fill: url(https://evil.example/x)"/>', '<g style>'],
    ['<g style="fill: u\\72l(https://evil.example/x)"/>', '<g style>'],
    ['<g fill="url(\'https://evil.example/x\')"/>', '<g fill>'],
    ['<g style="background: image-set(&quot;https://evil.example/x&quot; 1x)"/>', '<g style>'],
    ['<style>@import "https://evil.example/x.css"; rect { fill: red }</style>', 'addresses in <style>'],
    ['<style><![CDATA[rect { fill: url(https://evil.example/x) }]]></style>', 'addresses in <style>'],
    ['<style>@font-face { src: url("https://evil.example/x.woff2") }</style>', 'addresses in <style>'],
    ['<g xml:base="https://evil.example/"/>', '<g xml:base>'],
  ])('%s', (inner, what) => {
    const { svg, removed } = sanitizeSvg(drawing(inner));
    expect(removed).toEqual([what]);
    expect(svg).not.toMatch(/alert|script|evil\.example/i);
    expect(svg).toContain('<rect width="9" height="9"/>');
    expect(sanitizeSvg(svg)).toEqual({ svg, removed: [] });
  });

  test('outside of the drawing: style sheets, entities, default attributes', () => {
    const svg = `<?xml version="1.0"?><?xml-stylesheet href="https://evil.example/x.css"?>
<!DOCTYPE svg [<!ENTITY e "<script>alert(1)</script>"><!ATTLIST svg onload CDATA "alert(1)">]>${drawing('<g>&e;</g>')}`;
    const clean = sanitizeSvg(svg);
    expect(clean.removed).toEqual(['<?xml-stylesheet?>', 'declarations in <!DOCTYPE>', '<script>']);
    expect(clean.svg).not.toMatch(/<script|evil\.example|ENTITY|ATTLIST/);
  });
});

describe('unchanged', () => {
  test.each([
    '<defs><linearGradient id="g"/></defs><g fill="url(#g)" style="stroke: url(\'#g\')"/><use href="#g"/>',
    '<image href="data:image/png;base64,iVBORw0KGgo="/>',
    '<a href="https://example.org/?a=1&amp;b=2"><text>on  load</text></a>',
    '<style>@namespace svg url(http://www.w3.org/2000/svg); rect { fill: red }</style>',
    '<rect width="9"><animate attributeName="width" values="1;9" dur="1s"/></rect><!-- onload -->',
  ])('%s', (inner) => {
    const svg = `<?xml version="1.0" encoding="utf-8"?>\n${drawing(inner)}\n`;
    expect(sanitizeSvg(svg)).toEqual({ svg, removed: [] });
  });

  test('every drawing of the fixtures', () => {
    const folder = new URL('../fixtures/', import.meta.url).pathname;
    for (const file of globSync('**/*.svg', { cwd: folder, exclude: ['jekyll/**/fake.svg'] })) {
      const svg = readFileSync(`${folder}${file}`, 'utf8');
      expect(sanitizeSvg(svg), file).toEqual({ svg, removed: [] });
    }
  });
});

test('invalid XML is an error with its line', () => {
  expect(() => sanitizeSvg('<svg>\n<g></svg>')).toThrow(/2:/);
});
