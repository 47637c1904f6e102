import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { Kernel } from '../../src/notebook/kernel';
import type { Message } from '../../src/notebook/wire';
import { repositoryRoot } from '../../src/util/files';
import { folder } from './notebooks';

/** What the kernel published for each of these cells, all sent at once. */
async function runAll(kernel: Kernel, stopOnError: boolean, ...codes: string[]): Promise<string[]> {
  const texts = codes.map(() => '');
  const note = (i: number) => (message: Message) => {
    texts[i] += message.content.text ?? message.content.evalue ?? '';
  };
  await Promise.all(codes.map((code, i) => kernel.execute(code, stopOnError, note(i))));
  return texts;
}

test('after an error the cells that were sent with it are dropped, unless the front end wants them', async () => {
  const kernel = await Kernel.start();
  try {
    const codes = ["console.log('a')", "throw new Error('b')", "console.log('c')"];
    assert.deepEqual(await runAll(kernel, true, ...codes), ['a\n', 'b', '']);
    assert.deepEqual(await runAll(kernel, false, ...codes), ['a\n', 'b', 'c\n']);
    assert.deepEqual(await runAll(kernel, true, "console.log('d')"), ['d\n']);
    assert.equal(kernel.languageInfo.version, '5.0.4');
  } finally {
    kernel.kill();
  }
});

test('cells see neither a terminal nor the praise of the native backend', async () => {
  const kernel = await Kernel.start();
  try {
    const code = [
      "import * as tf from '@tensorflow/tfjs';",
      "await tf.setBackend('cpu');",
      'console.log(tf.scalar(2).square().dataSync()[0], !!process.stdout.isTTY);',
    ].join('\n');
    assert.deepEqual(await runAll(kernel, true, code), ['4 false\n']);
  } finally {
    await kernel.stop();
  }
});

test('a kernel in an endless loop ends with the process that started it', async (t) => {
  if (process.platform === 'win32') return t.skip('no signal tells of it there');
  const note = join(folder, 'kernel.pid');
  const cell = `require('fs').writeFileSync(${JSON.stringify(note)}, String(process.pid)); for (;;);`;
  const program = `
    const { Kernel } = require('./src/notebook/kernel.ts');
    Kernel.start().then((kernel) => kernel.execute(${JSON.stringify(cell)}, true, () => undefined));`;
  const starter = spawn(process.execPath, ['--import', 'tsx', '--eval', program], { cwd: repositoryRoot });
  while (!existsSync(note) || readFileSync(note, 'utf8') === '') await sleep(50);
  const kernel = Number(readFileSync(note, 'utf8'));
  starter.kill('SIGKILL');
  await once(starter, 'exit');
  while (isAlive(kernel)) await sleep(50); // the test runner's limit is the limit
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ');
  } catch {
    return false;
  }
}
