/** The words that the command line takes. */

/** The commands of `measured`. */
export const commandNames = [
  'dev',
  'build',
  'preview',
  'check',
  'experiments',
  'worker',
  'data',
  'new',
  'import',
  'verify',
  'stress',
] as const;

/** The commands `new` and `import`. */
export const newUsage = `usage: npm run new -- post "Title" [--name file-name]
       npm run new -- experiment name
       npx astro-measured new blog folder
       npm run import -- folder-or-file… [--dry-run] [--force]`;

export const usage = `measured COMMAND [options]; in a blog, npm run COMMAND -- [options]

  dev          shows the blog while you write, at http://localhost:4321
  build        runs the experiments whose inputs changed, and builds the site in dist/; --single posts/x: and
               single/x.html, the post as one file that needs no other
  preview      serves dist/ as a host would
  check        runs the experiments, and checks the types of the blog
  experiments  runs the experiments, or says what their results are made from: --help lists its options
  worker       runs tasks of experiments that another machine asks for: --help lists its options
  data         runs the loaders that changed, the programs that make data files: --help lists its options
  new          begins a post, an experiment or a blog
  import       brings posts from a Jekyll blog
  verify       builds the site in different circumstances and compares the bytes; --against ADDRESS: with what is published
  stress       tries the claims on fresh seeds

  dev, build, preview, check, stress and verify take --site ADDRESS and --base PATH in place of the configured ones.
  dev, build, check and stress take --cache, --no-cache, --audit, --on and --jobs of experiments.`;
