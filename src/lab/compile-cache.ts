/** Keeps stripped and compiled modules for later processes, and for threads, which know the folder by the environment alone. */
import { enableCompileCache } from 'node:module';

const { directory } = enableCompileCache();
if (directory !== undefined) process.env.NODE_COMPILE_CACHE = directory;
