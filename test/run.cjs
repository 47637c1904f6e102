/*
 * Runs the tests: every test/**\/*.test.ts, or those whose path contains one of the given words.
 *   node test/run.cjs               all of them
 *   node test/run.cjs training      those with "training" in their path
 *   node test/run.cjs --only ...    options go to node --test
 */
const { spawnSync } = require('node:child_process');
const { readdirSync } = require('node:fs');
const { join } = require('node:path');
const { addressSpaceFault } = require('../src/engine/wasm/memory/address_space.cjs');

/** Longest time of a test file: one that hangs fails and is named, and the others still run. */
const TIMEOUT_MS = 10 * 60 * 1000;

const fault = addressSpaceFault();
if (fault) {
  console.error(fault);
  process.exit(1);
}

const root = join(__dirname, '..');
const options = process.argv.slice(2).filter((word) => word.startsWith('-'));
const filters = process.argv.slice(2).filter((word) => !word.startsWith('-'));

const files = readdirSync(__dirname, { recursive: true })
  .map((path) => join('test', path))
  .filter((path) => path.endsWith('.test.ts'))
  .filter((path) => filters.length === 0 || filters.some((word) => path.includes(word)))
  .sort();

if (files.length === 0) {
  console.error(
    `no test file${filters.length ? ` with ${filters.join(' or ')} in its path` : ''} under test/`,
  );
  process.exit(2);
}

const run = spawnSync(
  process.execPath,
  [
    '--import',
    'tsx',
    '--test',
    '--test-concurrency=2',
    `--test-timeout=${TIMEOUT_MS}`,
    '--test-reporter=spec',
    ...options,
    ...files,
  ],
  { cwd: root, stdio: 'inherit' },
);
if (run.error) console.error(run.error.message);
process.exit(run.status ?? 1);
