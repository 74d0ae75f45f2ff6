/** What esbuild reads TypeScript by: the project's tsconfig has no say, so that bytes depend on the sources alone. */
export const tsconfigRaw = { compilerOptions: { target: 'esnext', useDefineForClassFields: true } };
