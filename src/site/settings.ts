/** Validates the addresses in `config.ts` before the site is built. */
import { isSafeUrl } from './links/safe-url.ts';

/** The settings that hold addresses. */
type Settings = {
  readonly url: string;
  readonly author: { readonly name: string; readonly url?: string };
  readonly repository?: { readonly url: string; readonly edit: string };
  readonly share: Readonly<Record<string, (url: string, title: string) => string>>;
};

/** A title with characters that are special in URLs and in HTML, to test share links with. */
const testTitle = 'Is 100 % of “a & b” <i>"so"</i>? #1';

/** Whether an address is an absolute one of http or https. */
const isWebAddress = (address: unknown): boolean =>
  typeof address === 'string' && isSafeUrl(address) && /^https?:$/.test(URL.parse(address)?.protocol ?? '');

/** One message for each invalid address, with the name of its setting. */
export function settingProblems({ url, author, repository, share }: Settings): string[] {
  const addresses = {
    url,
    'author.url': author.url,
    'repository.url': repository?.url,
    'repository.edit': repository?.edit,
  };
  const problems = Object.entries(addresses)
    .filter(([, address]) => address !== undefined && !isWebAddress(address))
    .map(([name, address]) => `${name} is “${address}”; write an address such as 'https://www.example.org'`);
  for (const [name, link] of Object.entries(share)) {
    const address: unknown = link('https://www.example.org/posts/x/', testTitle);
    if (typeof address === 'string' && URL.canParse(address) && isSafeUrl(address)) continue;
    problems.push(
      `share['${name}'] gives “${address}”; let it give an address of http, https, mailto or tel, with encodeURIComponent around what it is given`,
    );
  }
  return problems.map((problem) => `src/site/config.ts: ${problem}`);
}

/** Throws an Error that lists all invalid settings. */
export function checkSettings(settings: Settings): void {
  const problems = settingProblems(settings);
  if (problems.length > 0) throw new Error(problems.join('\n'));
}
