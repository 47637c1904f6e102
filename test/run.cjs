/*
 * Runs the tests: every test/**\/*.test.ts, or those whose path contains one of the given words.
 *   node test/run.cjs               all of them
 *   node test/run.cjs training      those with "training" in their path
 *   node test/run.cjs --coverage .. also says which share of src/ ran, as for all of them; it stands before the counts
 *   node test/run.cjs --only ...    other options go to node --test
 */
const { spawnSync } = require('node:child_process');
const { mkdtempSync, readdirSync, rmSync } = require('node:fs');
const { tmpdir } = require('node:os');
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
const options = process.argv.slice(2).filter((word) => word.startsWith('-') && word !== '--coverage');
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

const isCovered = filters.length === 0 || process.argv.includes('--coverage');
const coverage = isCovered ? mkdtempSync(join(tmpdir(), 'coverage-')) : undefined;

const run = spawnSync(
  process.execPath,
  [
    '--import',
    'tsx',
    '--test',
    '--test-concurrency=2',
    `--test-timeout=${TIMEOUT_MS}`,
    `--test-reporter=${isCovered ? './test/coverage/reporter.cjs' : 'spec'}`,
    ...options,
    ...files,
  ],
  {
    cwd: root,
    stdio: 'inherit',
    // Each process of the tests writes what it ran, those that they start as well.
    env: {
      ...process.env,
      NODE_OPTIONS: `${process.env.NODE_OPTIONS ?? ''} --require ${JSON.stringify(join(__dirname, 'own_source_maps.cjs'))}`,
      ...(coverage && { NODE_V8_COVERAGE: coverage, EQUISPHERE_COVERAGE: coverage }),
    },
  },
);
if (coverage) rmSync(coverage, { recursive: true, force: true });
if (run.error) console.error(run.error.message);
process.exit(run.status ?? 1);
