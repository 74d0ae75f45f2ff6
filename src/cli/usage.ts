/** The words that `npm run new` and `npm run import` take. */
export const usage = `usage: npm run new -- post "Title" [--name file-name]
       npm run new -- experiment name
       npm run import -- folder-or-file… [--force]`;
