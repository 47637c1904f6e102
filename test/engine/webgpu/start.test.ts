import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';
import * as tf from '@tensorflow/tfjs';
import { startEngine } from '../../../src/engine/start';
import { repositoryRoot } from '../../../src/util/files';
import { assertClose } from '../../close';
import { startsWebgpu } from './here';

interface BrowserNavigator {
  gpu: { requestAdapter(): Promise<{ info: Record<string, string | boolean> }> };
}

const adapterInfo = async () => (await (navigator as unknown as BrowserNavigator).gpu.requestAdapter()).info;

/** Runs TypeScript in a process of its own, with further environment variables. */
function runAlone(args: string[], variables: Record<string, string> = {}) {
  return spawnSync(process.execPath, ['--import', 'tsx', ...args], {
    cwd: repositoryRoot,
    env: { ...process.env, ...variables },
    encoding: 'utf8',
    timeout: 60_000,
  });
}

test('the report names the device as the adapter does', async (t) => {
  if (!(await startsWebgpu(t))) return;
  const report = await startEngine({ engine: 'webgpu' });
  assert.equal(report.name, 'webgpu');
  assert.equal(tf.getBackend(), 'webgpu');
  const { vendor, architecture } = await adapterInfo();
  assert.ok(report.device.endsWith(`${vendor}, ${architecture}`), report.device);
});

test('a driver that computes on the processor is taken only if it is asked for', async (t) => {
  if (!(await startsWebgpu(t))) return;
  if (!(await adapterInfo()).isFallbackAdapter) return t.skip('there is a graphics card');
  const { stdout } = runAlone([join('src', 'cli.ts'), 'engines'], { EQUISPHERE_ENGINE: '' });
  assert.doesNotMatch(stdout, /^webgpu engine/);
  assert.match(
    stdout,
    /not webgpu: no graphics card, only software \(.+\); EQUISPHERE_ENGINE=webgpu takes it/,
  );
});

test('left and started again, it goes on; what it made before is still there', async (t) => {
  if (!(await startsWebgpu(t))) return;
  const a = tf.tensor2d([1, 2, 3, 4], [2, 2]);
  const product = tf.matMul(a, a);
  await startEngine({ engine: 'cpu' });
  await startEngine({ engine: 'webgpu' });
  assertClose(await tf.matMul(product, a).data(), [37, 54, 81, 118], 1e-6);
});

test('a shader that does not compile makes the next reading fail, and only that', async (t) => {
  if (!(await startsWebgpu(t))) return;
  const { device } = tf.backend() as unknown as { device: { createShaderModule(from: object): unknown } };
  device.createShaderModule({ code: 'fn main() { return 1; }' });
  const squares = () => tf.square(tf.tensor1d([1, 2, 3])).data();
  await assert.rejects(squares, /^Error: the WebGPU engine failed: .+/);
  assertClose(await squares(), [1, 4, 9], 1e-6);
});

test('its process ends by itself', async (t) => {
  if (!(await startsWebgpu(t))) return;
  const { status, signal, stdout, stderr } = runAlone([join('test', 'engine', 'stand_in', 'report.ts')], {
    EQUISPHERE_ENGINE: 'webgpu',
  });
  assert.deepEqual({ status, signal, stderr }, { status: 0, signal: null, stderr: '' });
  assert.equal(JSON.parse(stdout).name, 'webgpu');
});

test('without a driver it says so, in one line', { skip: process.platform !== 'linux' }, () => {
  const nowhere = { VK_ICD_FILENAMES: '/nowhere.json', VK_DRIVER_FILES: '/nowhere.json' };
  const { status, stderr } = runAlone([join('src', 'cli.ts'), 'engines', '--engine', 'webgpu'], nowhere);
  assert.match(stderr, /^equisphere: engine webgpu cannot start: no (driver for )?Vulkan.*\n$/);
  assert.equal(status, 2);
});
