import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Kernel } from '../../src/notebook/kernel';
import type { Message } from '../../src/notebook/wire';

let kernel: Kernel;
before(async () => {
  kernel = await Kernel.start();
  await run(
    "import { breathe } from './src/util/interrupted';\nimport { currentSignal } from './src/util/cell_signal';",
  );
});
after(() => kernel.kill());

/** Runs a cell. @param interrupt is called when it has printed something @returns its texts and its errors */
async function run(code: string, interrupt?: () => void) {
  let text = '';
  const errors: Message['content'][] = [];
  await kernel.execute(code, true, ({ header, content }) => {
    if (header.msg_type === 'error') errors.push(content);
    if (header.msg_type !== 'stream') return;
    if (text === '') interrupt?.();
    text += content.text;
  });
  return { text, errors };
}

const interrupted = (evalue = 'interrupted') => [{ ename: 'Interrupted', evalue, traceback: [evalue] }];

const loop = `
(globalThis as any).loops = ((globalThis as any).loops ?? 0) + 1;
try {
  for (let step = 1; ; step++) {
    await breathe(currentSignal());
    (globalThis as any).steps = step;
    if (step === 3) console.log('stepping');
  }
} finally {
  (globalThis as any).loops--;
}`;
const afterwards = `
const was = (globalThis as any).steps;
for (let turn = 0; turn < 10; turn++) await breathe(currentSignal());
console.log((globalThis as any).loops, (globalThis as any).steps === was, currentSignal()?.aborted);`;

test('an interrupt ends the cell in one line; nothing goes on, and run again it runs once', async () => {
  for (const attempt of [1, 2]) {
    const { errors } = await run(loop, () => kernel.interrupt());
    assert.deepEqual(errors, interrupted(), `attempt ${attempt}`);
    assert.equal((await run(afterwards)).text, '0 true false\n');
  }
});

test('a training stops by the interrupt of its cell and says where', async () => {
  await run(
    "import { train } from './src/training/loop';\nimport * as samples from './test/training/spheres';",
  );
  const { errors } = await run(
    `const spheres = samples.syntheticSpheres(20, 3, 1);
await train(samples.tinyModel('classification', 3), { train: spheres, validation: spheres }, {
  task: 'classification', seed: 1, steps: 1e6, validateEvery: 1e6,
  onProgress: ({ step }) => { if (step === 3) console.log('trains'); },
});`,
    () => kernel.interrupt(),
  );
  assert.match(String(errors[0]?.evalue), /^interrupted at step \d+$/);
  assert.equal(errors.length, 1);
});

test('the message by which front ends interrupt does the same', async () => {
  const { errors } = await run(loop, () => kernel.interrupt('message'));
  assert.deepEqual(errors, interrupted());
});

test('whatever listens to the signal of the cell ends by it', async () => {
  const { errors } = await run(
    "console.log('waits');\nconst { setTimeout: sleep } = await import('node:timers/promises');\nawait sleep(1e6, 0, { signal: currentSignal() });",
    () => kernel.interrupt(),
  );
  assert.deepEqual(errors, interrupted());
});

test('synchronous code at the start of a cell is interrupted, with what its cell had begun before', async () => {
  const { errors } = await run(`void (async () => {${loop}})();\nconsole.log('loops');\nfor (;;);`, () =>
    kernel.interrupt(),
  );
  assert.deepEqual(errors, interrupted());
  assert.equal((await run(afterwards)).text, '0 true false\n');
});

test('a promise of an earlier cell that nobody awaits is stopped too', async () => {
  await run(`void (async () => {${loop}})().catch(() => console.log('stopped'));`);
  await run("console.log('waits');\nfor (;;) await breathe(currentSignal());", () => kernel.interrupt());
  assert.equal((await run(afterwards)).text, '0 true false\n');
});

test('a cell that does not listen is left behind, and what it goes on with is still interrupted', async () => {
  const { errors } = await run(
    "await null; // past the synchronous start\nconsole.log('waits');\nawait new Promise((resolve) => Object.assign(globalThis, { resolve }));\nawait breathe(currentSignal()).catch((error) => Object.assign(globalThis, { error }));",
    () => kernel.interrupt(),
  );
  assert.deepEqual(errors, interrupted('interrupted; what the cell waits for has not stopped and may go on'));
  const { text } = await run(
    '(globalThis as any).resolve();\nfor (let turn = 0; turn < 5; turn++) await breathe(currentSignal());\nconsole.log((globalThis as any).error?.name);',
  );
  assert.equal(text, 'Interrupted\n');
});
