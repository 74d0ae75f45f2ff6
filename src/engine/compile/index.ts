/** The compiled door, as `train` uses it. */
export { canCompile } from './program.ts';
export { trainCompiled } from './training.ts';
