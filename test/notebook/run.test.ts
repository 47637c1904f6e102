import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { type CellProgress, runNotebook } from '../../src/notebook/run';
import { Random } from '../../src/util/random';
import { countsOf, folder, outputsOf, printed, writeCells } from './notebooks';

test('a notebook runs from the repository root and keeps its outputs', async () => {
  const path = writeCells(
    'good',
    "import { Random } from './src/util/random';\nRandom.of(3, 'notebook').uint32()",
    "for (let i = 0; i < 2000; i++) console.log('line', i);",
    "void process.stdout.write('10 %\\r50 %\\r100 %\\n');",
    { mayFail: 'const word: string | null = Math.PI > 3 ? null : "x";\nconsole.log(word.length);' },
    {
      mayFail:
        "function broken(): void { throw new RangeError('too far'); }\nawait Promise.resolve();\nbroken();",
    },
    '',
    "import { newDisplay } from 'tslab';\nconst place = newDisplay();\nplace.text('before');\nplace.text('after');",
    'const later = await Promise.resolve(7);\nlater',
  );
  const output = join(folder, 'good-executed.ipynb');
  const steps: string[] = [];
  const { cells } = await runNotebook(path, {
    output,
    onCell: ({ cell, cells, state }) => steps.push(`${cell}/${cells} ${state}`),
  });

  assert.equal(cells, 7);
  assert.deepEqual(steps.slice(0, 3), ['1/7 started', '1/7 finished', '2/7 started']);
  assert.deepEqual(countsOf(output), [1, 2, 3, 4, 5, null, 6, 7]);
  const [draw, lines, bar, unsafe, thrown, empty, display, awaited] = outputsOf(output);
  assert.equal(printed(draw), `${Random.of(3, 'notebook').uint32()}\n`);
  assert.equal(printed(lines), Array.from({ length: 2000 }, (_, i) => `line ${i}\n`).join(''));
  assert.equal(printed(bar), '100 %\n');
  assert.deepEqual(unsafe, [
    {
      output_type: 'error',
      ename: 'CompileError',
      evalue: "2:13 - 'word' is possibly 'null'.",
      traceback: ["CompileError: 2:13 - 'word' is possibly 'null'."],
    },
  ]);
  assert.deepEqual(thrown, [
    {
      output_type: 'error',
      ename: 'RangeError',
      evalue: 'too far',
      traceback: ['RangeError: too far', '    at broken (notebook)'],
    },
  ]);
  assert.deepEqual(empty, []);
  assert.deepEqual(display, [
    { output_type: 'display_data', data: { 'text/plain': ['after'] }, metadata: {} },
  ]);
  assert.equal(printed(awaited), '7\n');

  const first = readFileSync(output, 'utf8');
  await runNotebook(output);
  assert.equal(readFileSync(output, 'utf8'), first);
});

test('an interrupted run keeps the outputs that it has, in the copy', async () => {
  const waits = "console.log('waits');\nawait new Promise(() => setInterval(() => 0, 1000));";
  const stubborn = "console.log('waits');\nawait 0;\nfor (;;);";
  for (const [name, cell] of [
    ['waiting', waits],
    ['stubborn', stubborn],
  ]) {
    const path = writeCells(name, "console.log('first')", cell, '1');
    const before = readFileSync(path, 'utf8');
    const output = join(folder, `${name}-executed.ipynb`);
    const controller = new AbortController();
    const onCell = ({ cell, state }: CellProgress) =>
      void (cell === 2 && state === 'started' && controller.abort());
    const run = runNotebook(path, { signal: controller.signal, output, onCell });
    await assert.rejects(run, { name: 'Interrupted' });
    assert.equal(readFileSync(path, 'utf8'), before);
    const [first, second, third] = outputsOf(output);
    assert.equal(printed(first), 'first\n');
    assert.deepEqual(second.at(-1), {
      output_type: 'error',
      ename: 'Interrupted',
      evalue: 'interrupted',
      traceback: ['interrupted'],
    });
    assert.deepEqual(third, []);
  }
});

test('a run that is interrupted before its kernel is there writes nothing', async () => {
  const path = writeCells('early', '1');
  const before = readFileSync(path, 'utf8');
  const controller = new AbortController();
  const run = runNotebook(path, { signal: controller.signal });
  controller.abort();
  await assert.rejects(run, { name: 'Interrupted' });
  assert.equal(readFileSync(path, 'utf8'), before);
});

test('shorthand properties know the variables of earlier cells', async () => {
  const path = writeCells(
    'shorthand',
    'const size = 3;\nlet name = "a";',
    'const own = 5;\nconsole.log(JSON.stringify([{ size, name, own }, [1].map((size) => ({ size }))]));',
    '({ name } = { name: "b" });\nconsole.log(name);',
  );
  await runNotebook(path);
  const [, object, assigned] = outputsOf(path);
  assert.equal(printed(object), '[{"size":3,"name":"a","own":5},[{"size":1}]]\n');
  assert.match(printed(assigned), /b\n$/);
});

test('the environment reaches the cells', async () => {
  const path = writeCells('environment', 'process.env.EQUISPHERE_COLOUR');
  await runNotebook(path, { environment: { EQUISPHERE_COLOUR: 'teal' } });
  assert.equal(printed(outputsOf(path)[0]), 'teal\n');
});
