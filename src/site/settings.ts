/** What `config.ts` says of addresses, looked at before anything is made with it. */
import { isSafeAddress } from './safe-address.ts';

/** The settings that hold addresses. */
type Settings = {
  readonly url: string;
  readonly author: { readonly name: string; readonly url?: string };
  readonly repository?: { readonly url: string; readonly edit: string };
  readonly share: Readonly<Record<string, (url: string, title: string) => string>>;
};

/** A title with what has a meaning in addresses and in HTML. */
const title = 'Is 100 % of “a & b” <i>"so"</i>? #1';

/** An address of a page or a person elsewhere. */
const isWeb = (address: unknown): boolean =>
  typeof address === 'string' && isSafeAddress(address) && /^https?:$/.test(URL.parse(address)?.protocol ?? '');

/** A line for each address that leads nowhere on the web, with the name of its setting. */
export function settingProblems({ url, author, repository, share }: Settings): string[] {
  const web = { url, 'author.url': author.url, 'repository.url': repository?.url, 'repository.edit': repository?.edit };
  const problems = Object.entries(web)
    .filter(([, address]) => address !== undefined && !isWeb(address))
    .map(([name, address]) => `${name} is “${address}”; write an address such as 'https://www.example.org'`);
  for (const [name, link] of Object.entries(share)) {
    const address: unknown = link('https://www.example.org/posts/x/', title);
    if (typeof address === 'string' && URL.canParse(address) && isSafeAddress(address)) continue;
    problems.push(
      `share['${name}'] gives “${address}”; let it give an address of http, https, mailto or tel, with encodeURIComponent around what it is given`,
    );
  }
  return problems.map((problem) => `src/site/config.ts: ${problem}`);
}

/** Throws at settings that no site can be made with. */
export function checkSettings(settings: Settings): void {
  const problems = settingProblems(settings);
  if (problems.length > 0) throw new Error(problems.join('\n'));
}
