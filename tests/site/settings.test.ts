/** Validation of addresses in the configuration; a message names the setting. */
import { expect, test } from 'vitest';
import { site } from '../../src/site/config.ts';
import { settingProblems } from '../../src/site/settings.ts';

const good = {
  url: 'https://www.example.org',
  author: { name: 'A', url: 'https://www.example.org/a' },
  repository: { url: 'https://git.example.org/a', edit: 'https://git.example.org/a/edit' },
  share: { Mail: (url: string, title: string) => `mailto:?subject=${encodeURIComponent(title)}&body=${url}` },
};

test('valid settings, and the blog’s own, have no problem', () => {
  expect(settingProblems(good)).toEqual([]);
  expect(settingProblems({ url: good.url, author: { name: 'A' }, share: {} })).toEqual([]);
  expect(settingProblems(site)).toEqual([]);
});

test.each([
  ['url', { url: 'here' }],
  ['url', { url: '' }],
  ['url', { url: '//www.example.org' }],
  ['url', { url: 'javascript:alert(1)' }],
  ['url', { url: 'mailto:a@example.org' }],
  ['author.url', { author: { name: 'A', url: 'JavaScript:alert(1)' } }],
  ['author.url', { author: { name: 'A', url: 'www.example.org' } }],
  ['repository.url', { repository: { ...good.repository, url: 'git@example.org:a/b.git' } }],
  ['repository.edit', { repository: { ...good.repository, edit: 'data:text/html,x' } }],
  ["share['Mail']", { share: { Mail: (url: string) => `javascript:share('${url}')` } }],
  ["share['Mail']", { share: { Mail: () => 'share' } }],
  ["share['Mail']", { share: { Mail: (_: string, title: string) => title } }],
])('%s: %o', (name, wrong) => {
  const problems = settingProblems({ ...good, ...wrong });
  expect(problems).toHaveLength(1);
  expect(problems[0]).toContain(`src/site/config.ts: ${name} `);
});
