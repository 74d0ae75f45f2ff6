/** Types for the part of citeproc-js that the site calls. */
declare module 'citeproc' {
  import type { CSL as Item } from '@citation-js/core';

  /** One work within a citation. */
  export type CitationItem = {
    id: string;
    prefix?: string;
    suffix?: string;
    locator?: string;
    label?: 'page';
    'suppress-author'?: boolean;
    'author-only'?: boolean;
  };

  export type System = {
    retrieveLocale: (language: string) => string | undefined;
    retrieveItem: (id: string) => Item & { system_id: string };
    wrapCitationEntry: (html: string, id: string) => string;
  };

  export class Engine {
    constructor(system: System, style: string, language: string, forceLanguage: boolean);
    opt: { development_extensions: { apply_citation_wrapper: boolean } };
    updateItems(ids: readonly string[]): void;
    makeCitationCluster(items: readonly CitationItem[]): string;
    makeBibliography(): [{ entry_ids: [string][] }, string[]];
    getTerm(name: string): string;
  }

  const CSL: { Engine: typeof Engine };
  export default CSL;
}
