/** Authoring: starts for posts and experiments, and the import of a Jekyll blog. */
export { type PostFields, writeFrontMatter } from './front-matter.ts';
export { type ImportOptions, importPosts } from './jekyll/import.ts';
export { AuthorError, writeNewExperiment, writeNewPost } from './write-new.ts';
