/**
 * `npm run bench [part …]`: runs the benchmarks, all of them unless some are named.
 *
 * The libraries compared with are installed separately: `npm ci --prefix tests/bench`, and `apt-get install python3-torch
 * python3-numpy libopenblas0-pthread`. Without OpenBLAS, NumPy and PyTorch multiply matrices some 20 times slower. A missing
 * library is left out, with a message.
 */
const parts: Record<string, () => Promise<void>> = {
  engine: async () => (await import('./engine.ts')).engine(),
  lab: async () => (await import('./lab.ts')).lab(),
  figure: async () => (await import('./figure.ts')).figure(),
  scale: async () => (await import('./scale.ts')).scale(),
  peers: async () => (await import('./peers.ts')).peers(),
};

const named = process.argv.slice(2);
// `engine --against COMMIT` compares with the engine of that commit too.
if (named[0] === 'engine' && named[1] === '--against') {
  await (await import('./engine.ts')).engine(named[2]);
  process.exit();
}
// These two take arguments and only run when named.
if (named[0] === 'kills') {
  await (await import('./kills.ts')).kills(Number(named[1] ?? 500));
  process.exit();
}
if (named[0] === 'gallery') {
  await (await import('./gallery.ts')).gallery(...(named.slice(1) as [string | undefined, ...string[]]));
  process.exit();
}
for (const name of named.length > 0 ? named : Object.keys(parts)) {
  const part = parts[name];
  if (!part) throw new Error(`the bench has no part “${name}”, only ${Object.keys(parts).join(', ')}`);
  await part();
}

export {};
