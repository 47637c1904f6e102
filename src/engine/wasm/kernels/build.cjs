// Compiles assembly/ (AssemblyScript) to kernels.wasm, which is committed: users need no compiler.
const { execFileSync } = require('node:child_process');
const { dirname, join } = require('node:path');

const output = process.argv[2] ?? join(__dirname, 'kernels.wasm');
const asc = join(dirname(require.resolve('assemblyscript/package.json')), 'bin', 'asc.js');
const flags = [
  '--runtime',
  'stub',
  '--importMemory',
  '--sharedMemory',
  '--maximumMemory',
  '65536',
  '--enable',
  'simd,threads',
  '-O3',
  '--noAssert',
];
const entry = join(__dirname, 'assembly', 'index.ts');
execFileSync(process.execPath, [asc, entry, '--outFile', output, ...flags], { stdio: 'inherit' });
