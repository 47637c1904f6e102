// Compiles assembly/ (AssemblyScript) for a memory that threads share, and for one of a single thread. Both are committed:
// users need no compiler.
const { execFileSync } = require('node:child_process');
const { dirname, join } = require('node:path');

const folder = process.argv[2] ?? __dirname;
const asc = join(dirname(require.resolve('assemblyscript/package.json')), 'bin', 'asc.js');
const memory = ['--importMemory', '--maximumMemory', '65536'];
const flags = ['--runtime', 'stub', ...memory, '-O3', '--noAssert'];
const entry = join(__dirname, 'assembly', 'index.ts');
const builds = {
  'kernels.wasm': ['--sharedMemory', '--enable', 'simd,threads'],
  'unshared.wasm': ['--enable', 'simd'],
};
for (const [name, own] of Object.entries(builds))
  execFileSync(process.execPath, [asc, entry, '--outFile', join(folder, name), ...flags, ...own], {
    stdio: 'inherit',
  });
