/** The content security policy, built from the hosts that the configuration allows. */
import { expect, test } from 'vitest';
import { parseOptions } from '../../src/site/option-problems.ts';
import { contentSecurityPolicy, mayLoad } from '../../src/site/security/policy.ts';

const none = { images: [], frames: [] };
const some = { images: ['https://images.example.org'], frames: ['https://*.tube.example', 'http://localhost:8080'] };

const sources = (policy: string, name: string): string | undefined =>
  policy
    .split('; ')
    .find((directive) => directive.startsWith(`${name} `))
    ?.slice(name.length + 1);

test('a published page runs no script and loads only from its own host', () => {
  const policy = contentSecurityPolicy(none, 'build');
  expect(sources(policy, 'script-src')).toBe("'none'");
  expect(sources(policy, 'default-src')).toBe("'none'");
  expect(sources(policy, 'media-src')).toBe("'self'");
  expect(policy).not.toContain('http');
});

test('configured hosts are added only to the directive of their kind', () => {
  const policy = contentSecurityPolicy(some, 'build');
  expect(sources(policy, 'img-src')).toBe("'self' data: https://images.example.org");
  expect(sources(policy, 'frame-src')).toBe('https://*.tube.example http://localhost:8080');
});

test('the dev server differs only in scripts and connections', () => {
  const directives = (command: 'build' | 'dev') => contentSecurityPolicy(some, command).split('; ');
  const published = directives('build');
  const changed = directives('dev').filter((directive) => !published.includes(directive));
  expect(changed.map((directive) => directive.split(' ')[0])).toEqual(['script-src', 'connect-src']);
});

test.each(['example.com', "https://a.example; script-src 'unsafe-inline'", 'https://a.example/path', '*', 'data:'])(
  'the host %s is an error that shows an origin',
  (host) => {
    for (const option of ['images', 'frames'])
      expect(parseOptions({ title: 'A', description: 'B', [option]: [host] })).toMatchObject({
        problems: [{ text: expect.stringMatching(/\[0\] is .*; write an origin such as/) }],
      });
  },
);

test('an address may load if its scheme, host and port are allowed, as the browser decides', () => {
  expect(mayLoad('images', 'https://images.example.org/a/b.png?c', some)).toBe(true);
  expect(mayLoad('frames', 'https://www.tube.example/embed', some)).toBe(true);
  expect(mayLoad('frames', 'http://localhost:8080/x', some)).toBe(true);
  for (const address of [
    'https://tube.example/embed',
    'https://eviltube.example/embed',
    'http://www.tube.example/embed',
    'http://localhost:9090/x',
    'https://images.example.org/x',
    '/x',
  ])
    expect(mayLoad('frames', address, some), address).toBe(false);
});
