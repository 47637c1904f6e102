import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { after, before, test } from 'node:test';
import { Kernel } from '../../src/notebook/kernel';
import { repositoryRoot } from '../../src/util/files';

let kernel: Kernel;
before(async () => {
  kernel = await Kernel.start();
});
after(() => kernel.kill());

/** Runs cells one after the other. @returns what the last one prints; errors throw */
async function printedBy(...codes: string[]): Promise<string> {
  let text = '';
  for (const code of codes) {
    text = '';
    await kernel.execute(code, true, ({ header, content }) => {
      if (header.msg_type === 'error') text += `${content.ename}: ${content.evalue}`;
      if (header.msg_type === 'stream') text += content.text;
    });
  }
  return text;
}

test('a function sees what later cells assign to the variables of its cell', async () => {
  const cases: [string[], string][] = [
    [
      [
        'let rate = 0.1;\nfunction step(): number { return rate; }',
        'rate = 0.01;\nconsole.log(rate, step());',
      ],
      '0.01 0.01',
    ],
    [
      [
        'let count = 0;\nconst hit = () => { count++; };\nhit();',
        'hit();\nconsole.log(count);',
        'count = 10;\nhit();\nconsole.log(count);',
      ],
      '11',
    ],
    [
      ['let a = 1, f = () => a;\nconst early = f();', 'a = 2;\nconsole.log(early, f());'],
      '1 2', // used before the statement with its declaration has ended
    ],
    [
      [
        'let [p, { q = 5 }] = [1, {} as { q?: number }];\nconst both = () => ({ p, q });',
        '({ p, q = 8 } = { p: 3 } as { p: number; q?: number });\nconsole.log(JSON.stringify(both()), p, q);',
      ],
      '{"p":3,"q":8} 3 8',
    ],
    [
      [
        'var size = 1;\nclass Box { own = size; get now() { return size; } of(size: number) { return size; } }',
        'size = 9;\nconsole.log(new Box().own, new Box().now, new Box().of(4));',
      ],
      '9 9 4',
    ],
    [
      [
        'let word: string | undefined;\nfunction set() { type T = typeof word; const next: T = "set"; word = next; }',
        'set();\nconsole.log(word);',
      ],
      'set',
    ],
    [['let n = 1;\nconst inner = () => { let n = 5; n++; return n; };', 'console.log(inner(), n);'], '6 1'],
  ];
  for (const [codes, right] of cases) assert.equal((await printedBy(...codes)).trim(), right, codes[0]);
});

test('modules can be imported when a cell runs', async () => {
  assert.equal(
    await printedBy('const fs = await import("node:fs");', 'console.log(typeof fs.readFileSync)'),
    'function\n',
  );
  assert.equal(
    await printedBy(
      'process.env.SEEN = "before";\nconst { basename, join: joined } = await import("node:path");\nconst seen = process.env.SEEN;',
      'console.log(basename(joined("a", "b")), seen)',
    ),
    'b before\n',
  );
  assert.equal(
    await printedBy('const tf = await import("@tensorflow/tfjs");', 'console.log(typeof tf.tensor)'),
    'function\n',
  );
  assert.equal(
    await printedBy('const wrong = await import("node:path"); wrong.jion("a")'),
    "CompileError: 1:48 - Property 'jion' does not exist on type 'PlatformPath'.",
  );
});

test('a module that was missing is found when it is there', { timeout: 300_000 }, async (t) => {
  const folder = mkdtempSync(join(repositoryRoot, '.test-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const cell = `import { late } from './${basename(folder)}/late';\nconsole.log(late);`;
  assert.match(await printedBy(cell), /Cannot find module/);
  writeFileSync(join(folder, 'late.ts'), 'export const late = 7;\n');
  let text = '';
  do text = await printedBy(cell);
  while (text.includes('Cannot find module')); // until the compiler hears of it
  assert.equal(text, '7\n');
});

test('what has a type without a name can be kept', async () => {
  assert.equal(
    await printedBy(
      'const modules = [await import("node:fs")];\nfunction first() { return modules[0]; }\nclass Holder { held = modules[0]; }',
      'console.log(typeof modules[0].readFileSync, typeof first().existsSync, typeof new Holder().held.statSync)',
    ),
    'function function function\n',
  );
});

test('the last value shows itself: a DataFrame, a figure, else as text', async () => {
  await printedBy("import './src/notebook/inside/display';\nimport { DataFrame } from 'danfojs-node';");
  const shown: unknown[] = [];
  const codes = [
    'new DataFrame([{ n: 1 }])',
    "({ data: [], layout: { width: 20, height: 10 }, alt: 'Nothing.' })",
  ];
  for (const code of codes)
    await kernel.execute(code, true, ({ header, content }) => {
      if (header.msg_type !== 'execute_input')
        shown.push([header.msg_type, Object.keys(content.data ?? {}).sort()]);
    });
  assert.deepEqual(shown, [
    ['display_data', ['text/html', 'text/plain']],
    ['display_data', ['application/vnd.plotly.v1+json', 'image/png', 'text/plain']],
  ]);
  assert.equal(await printedBy('({ data: [1] })'), '{ data: [ 1 ] }\n');
  assert.match(await printedBy("({ data: [], layout: {}, alt: '' })"), /UsageError: renderFigure/);
});

test('the output of child processes is output of the cell', async () => {
  const node = 'process.execPath, ["-e", "console.log(\'from the child\'); console.error(\'beside\')"]';
  const cases = [
    `void child.spawnSync(${node}, { stdio: "inherit" });`,
    `console.log(child.execFileSync(${node}, { stdio: [0, 1, process.stderr] }));`,
    `void (await once(child.spawn(${node}, { stdio: ["ignore", "inherit", "inherit"] }), "close"));`,
    `child.execSync("exit 3", { stdio: "inherit" });`,
    `console.log(child.execFileSync(${node}, { stdio: "pipe" }).toString());`,
  ];
  await printedBy('import * as child from "node:child_process";\nimport { once } from "node:events";');
  assert.equal(await printedBy(cases[0]), 'from the child\nbeside\n');
  assert.equal(await printedBy(cases[1]), 'from the child\nbeside\nnull\n');
  assert.deepEqual((await printedBy(cases[2])).split('\n').sort(), ['', 'beside', 'from the child']);
  assert.match(await printedBy(cases[3]), /Error: Command failed: exit 3/);
  assert.equal(await printedBy(cases[4]), 'from the child\n\n');
});
