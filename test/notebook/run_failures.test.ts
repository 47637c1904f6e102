import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NotebookError, type RunOptions, runNotebook } from '../../src/notebook/run';
import { countsOf, outputsOf, printed, writeCells } from './notebooks';

async function failureOf(path: string, options: RunOptions = {}): Promise<NotebookError> {
  const error = await runNotebook(path, options).then(
    () => assert.fail('the notebook ran to its end'),
    (thrown) => thrown,
  );
  assert.ok(error instanceof NotebookError, String(error));
  return error;
}

test('a failing cell ends the run; the notebook is written as far as it came', async () => {
  const path = writeCells(
    'failing',
    "console.log('fine')",
    "import { checkOneOf } from './src/util/check';\nconsole.log('so far');\ncheckOneOf('engine', 'wsm', ['wasm', 'cpu'])",
    "console.log('never')",
  );
  const error = await failureOf(path);
  assert.equal(error.cell, 2);
  assert.equal(error.ename, 'UsageError');
  assert.match(
    error.message,
    /failing\.ipynb: cell 2 failed\nUsageError: unknown engine "wsm": did you mean "wasm"/,
  );
  assert.match(error.message, /at check \(src\/util\/check\.ts\)/);

  const [fine, failed, never] = outputsOf(path);
  assert.equal(printed(fine), 'fine\n');
  assert.equal(printed(failed), 'so far\n');
  assert.equal(failed.at(-1)?.output_type, 'error');
  assert.deepEqual(never, []);
  assert.deepEqual(countsOf(path), [1, 2, null]);
});

test('a promise that nobody awaits fails its cell', async () => {
  const path = writeCells('floating', "Promise.reject(new Error('unheard'));\nconsole.log('on')", '1');
  const error = await failureOf(path);
  assert.deepEqual([error.cell, error.evalue], [1, 'unheard']);
});

test('a cell that takes too long is stopped, in a loop and in a wait', async () => {
  for (const code of ['for (;;);', 'await new Promise(() => setInterval(() => 0, 1000));']) {
    const path = writeCells('slow', code, "console.log('never')");
    const error = await failureOf(path, { timeout: 0.3 }); // on a slow machine before the code is compiled
    assert.deepEqual(
      [error.cell, error.ename, error.evalue],
      [1, 'Timeout', 'the cell took more than 0.3 s'],
    );
    assert.deepEqual(outputsOf(path)[1], []);
  }
});

test('the end of the kernel is noticed', async () => {
  const killed = await failureOf(
    writeCells('killed', "process.kill(process.pid, 'SIGKILL');\nawait new Promise(() => 0);"),
  );
  assert.deepEqual([killed.cell, killed.ename], [1, 'KernelDied']);
  assert.match(killed.evalue, /the kernel ended \(SIGKILL\)/);
  const path = writeCells('left', '1', "console.log('last words');\nprocess.exit(3);");
  const left = await failureOf(path);
  assert.match(left.evalue, /the kernel ended \(exit code 3\)/);
  assert.equal(printed(outputsOf(path)[1]), 'last words\n');
});
