/** The loader's name, by which the dev server asks it to load anew. */
export const loaderName = 'measured-results';
