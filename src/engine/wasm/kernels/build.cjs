// Compiles assembly/ (AssemblyScript) for a memory that threads share, and for one of a single thread; each with relaxed
// SIMD, for runtimes that have it (Node from 22 on, browsers), and without. All are committed: users need no compiler.
const { execFileSync } = require('node:child_process');
const { dirname, join } = require('node:path');

const folder = process.argv[2] ?? __dirname;
const asc = join(dirname(require.resolve('assemblyscript/package.json')), 'bin', 'asc.js');
const memory = ['--importMemory', '--maximumMemory', '65536'];
const flags = ['--runtime', 'stub', ...memory, '-O3', '--noAssert'];
const entry = join(__dirname, 'assembly', 'index.ts');
const memories = {
  shared: { features: 'simd,threads', own: ['--sharedMemory'] },
  unshared: { features: 'simd', own: [] },
};
const kinds = { '': '', '.relaxed': ',relaxed-simd' };
for (const [name, { features, own }] of Object.entries(memories))
  for (const [kind, more] of Object.entries(kinds)) {
    const file = join(folder, `${name}${kind}.wasm`);
    const options = ['--outFile', file, ...flags, ...own, '--enable', features + more];
    execFileSync(process.execPath, [asc, entry, ...options], { stdio: 'inherit' });
  }
