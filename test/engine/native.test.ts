import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';
import type { EngineReport } from '../../src/engine/contract/report';
import { repositoryRoot } from '../../src/util/files';

type StandIn = 'gpu' | 'no gpu' | 'broken';

/** What startEngine() reports in a process where stand-ins take the place of the native packages. */
function reportWith(standIns: Record<string, StandIn>, engine = ''): EngineReport & { error?: string } {
  const folder = join(__dirname, 'stand_in');
  const args = ['--require', join(folder, 'preload.cjs'), '--import', 'tsx', join(folder, 'report.ts')];
  const env = { ...process.env, STAND_INS: JSON.stringify(standIns), EQUISPHERE_ENGINE: engine };
  const output = execFileSync(process.execPath, args, {
    cwd: repositoryRoot,
    env,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  return JSON.parse(output.toString().trim().split('\n').pop()!);
}

const gpuPackage = '@tensorflow/tfjs-node-gpu';
const nodePackage = 'tfjs-node-native';

test('tfjs-node-gpu is taken first where it loads and has a GPU', () => {
  const report = reportWith({ [gpuPackage]: 'gpu', [nodePackage]: 'no gpu' });
  assert.equal(report.name, 'node-gpu');
  assert.equal(report.backend, 'tensorflow');
  assert.equal(report.fillsMachine, true);
  assert.deepEqual(report.reasons, {});
});

test('without a GPU it serves as the node engine, and the report says so', () => {
  const report = reportWith({ [gpuPackage]: 'no gpu', [nodePackage]: 'broken' }, '');
  assert.equal(report.reasons['node-gpu'], 'TensorFlow loaded but found no CUDA device');
  assert.ok(report.name === 'node' || report.name === 'webgpu', report.name);
});

test('a package that is there but does not load: the first line of its error is the reason', () => {
  const report = reportWith({ [gpuPackage]: 'broken', [nodePackage]: 'broken' });
  assert.equal(
    report.reasons['node-gpu'],
    '@tensorflow/tfjs-node-gpu does not load: libtensorflow.so.2: cannot open shared object file',
  );
});

test('a forced engine that cannot start is an error that says why', () => {
  const { error } = reportWith({ [gpuPackage]: 'no gpu' }, 'node-gpu');
  assert.equal(error, 'engine node-gpu cannot start: TensorFlow loaded but found no CUDA device');
});
