import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';

const root = join(__dirname, '..');

interface Outcome {
  code: number | null;
  out: string;
  err: string;
}

/**
 * Starts the real command line, as `npm run equisphere` does, in a process group of its own. It has ended when all
 * processes have ended that hold its output.
 */
function start(args: string[]): { child: ChildProcess; ended: Promise<Outcome> } {
  const script = join(root, 'bin', 'equisphere.cjs');
  const child = spawn(process.execPath, [script, ...args], { cwd: tmpdir(), detached: true });
  const outcome: Outcome = { code: null, out: '', err: '' };
  child.stdout.on('data', (chunk) => {
    outcome.out += chunk;
  });
  child.stderr.on('data', (chunk) => {
    outcome.err += chunk;
  });
  const ended = new Promise<Outcome>((resolve) => {
    child.on('close', (code) => resolve({ ...outcome, code }));
  });
  return { child, ended };
}

const run = (...args: string[]) => start(args).ended;

describe('command line', { concurrency: 2 }, () => {
  it('lists its commands', async () => {
    const { code, out, err } = await run('--help');
    assert.deepEqual([code, err], [0, '']);
    for (const name of ['reproduce', 'train', 'sweep', 'figures', 'notebooks', 'data', 'engines', 'bench'])
      assert.match(out, new RegExp(`^  ${name} `, 'm'));
  });

  for (const name of ['reproduce', 'train', 'sweep', 'figures', 'notebooks', 'data', 'engines', 'bench']) {
    it(`explains ${name}`, async () => {
      const { code, out } = await run(name, '--help');
      assert.equal(code, 0);
      assert.match(out, new RegExp(`^equisphere ${name}: `));
      assert.match(out, /--help/);
    });
  }

  it('explains tiers and choices of reproduce', async () => {
    const { out } = await run('reproduce', '--help');
    for (const word of [
      'quick',
      'laptop',
      'paper',
      'glyphs',
      's2cnn-quick',
      '--seeds',
      '--engine',
      '--no-notebooks',
    ])
      assert.ok(out.includes(word), word);
  });

  const mistakes: [string[], RegExp][] = [
    [['reprodcue'], /unknown command "reprodcue": did you mean "reproduce"\?/],
    [['reproduce', '--teir', 'quick'], /unknown option of reproduce "--teir": did you mean "--tier"\?/],
    [['reproduce', '--tier', 'qick'], /unknown tier "qick": did you mean "quick"\?/],
    [['reproduce', '--dataset', 'minst'], /unknown data set "minst": did you mean "mnist"\?/],
    [['reproduce', '--models', 's2cnn-qick'], /unknown model .*"s2cnn-qick": did you mean "s2cnn-quick"\?/],
    [['reproduce', '--task', 'segment'], /unknown task "segment": did you mean "segmentation"\?/],
    [['reproduce', '--seeds', '1,x'], /--seeds: expected integers of at least 0, got "x"/],
    [['reproduce', '--tier'], /--tier/],
    [['reproduce', 'quick'], /reproduce takes no "quick"/],
    [['reproduce', '--engine', 'wsm'], /unknown engine "wsm": did you mean "wasm"\?/],
    [['engines', '--engine', 'wsm'], /unknown engine "wsm": did you mean "wasm"\?/],
    [['train', '--model', 's2cnn-quik'], /unknown model "s2cnn-quik": did you mean "s2cnn-quick"\?/],
    [['train', '--images', '0'], /--images: expected integers of at least 1, got "0"/],
    [['train', '--rate', 'fast'], /--rate: expected a number above 0, got "fast"/],
    [['reproduce', '--jobs', '0'], /--jobs: expected integers of at least 1, got "0"/],
    [['sweep', '--part', '3/2'], /--part: expected K\/N with 1 <= K <= N, got "3\/2"/],
    [['notebooks', '--only', '99'], /unknown notebook "99"|no notebooks/],
  ];
  for (const [args, message] of mistakes) {
    it(`says in one line what is wrong with: ${args.join(' ')}`, async () => {
      const { code, out, err } = await run(...args);
      assert.equal(code, 2);
      assert.match(err, message);
      assert.equal(err.trimEnd().split('\n').length, 1);
      assert.equal(out, '');
    });
  }

  it('lists the experiments of a sweep, and divides them without loss', async () => {
    const lines = async (...args: string[]) => (await run('sweep', '--list', ...args)).out.trim().split('\n');
    const all = await lines();
    const parts = [...(await lines('--part', '1/2')), ...(await lines('--part', '2/2'))];
    assert.match(all[0], /^[0-9a-f]{12} {2}\w+, s2cnn-quick, \d+ images, unrotated, seed 1$/);
    assert.deepEqual([...parts].sort(), [...all].sort());
  });
});

describe('an interrupted training', () => {
  const tiny =
    '--dataset glyphs --task segmentation --model cnn-quick-small --engine wasm --images 320 --epochs 6';
  const args = (results: string) => [
    'train',
    ...tiny.split(' '),
    ...'--batch 8 --validation 32'.split(' '),
    ...'--test 32 --bandwidth 8'.split(' '),
    '--results',
    results,
  ];

  it('ends with 130 after Ctrl-C, goes on when started again, and comes to the same numbers', async () => {
    const whole = mkdtempSync(join(tmpdir(), 'whole-'));
    const pieces = mkdtempSync(join(tmpdir(), 'pieces-'));
    assert.equal((await run(...args(whole))).code, 0);

    const first = start(args(pieces));
    await until(() => existsSync(join(pieces, 'quick')) && rowsOf(pieces).length >= 3);
    first.child.kill('SIGINT');
    const stopped = await first.ended;
    assert.equal(stopped.code, 130);
    assert.match(stopped.err, /what is done is saved, and the same command goes on from there/);
    assert.ok(!rowsOf(pieces).some((row) => row.kind === 'final'));

    const second = await run(...args(pieces));
    assert.equal(second.code, 0, second.err);
    assert.match(second.out, /going on after step \d/);
    assert.deepEqual(numbersOf(pieces), numbersOf(whole));

    const third = await run(...args(pieces));
    assert.match(third.out, /1 of them already finished/);
  });
});

describe('an interrupted sweep of two jobs', { concurrency: 2 }, () => {
  const tiny =
    'sweep --jobs 2 --dataset glyphs --task segmentation --models cnn-quick-small --seeds 1 --engine wasm';

  async function interrupted(interrupt: (pid: number) => void): Promise<Outcome & { results: string }> {
    const results = mkdtempSync(join(tmpdir(), 'sweep-'));
    const { child, ended } = start([...tiny.split(' '), '--results', results]);
    const folder = join(results, 'quick');
    await until(() => existsSync(folder) && readdirSync(folder).length === 2);
    interrupt(child.pid!);
    return { ...(await ended), results };
  }

  function assertSaved(results: string): void {
    const names = readdirSync(join(results, 'quick'));
    assert.equal(names.length, 2);
    for (const name of names) {
      assert.ok(!readFileSync(join(results, 'quick', name), 'utf8').includes('"kind":"final"'));
      assert.ok(existsSync(join(results, 'runs', name.replace('.jsonl', ''), 'checkpoint')));
    }
  }

  it('saves both when a terminal interrupts all its processes', async () => {
    const { code, err, results } = await interrupted((pid) => process.kill(-pid, 'SIGINT'));
    assert.equal(code, 130);
    assert.match(err, /^interrupted; what is done is saved.*\n$/);
    assertSaved(results);
  });

  it('saves both when it is killed itself', async () => {
    const { code, results } = await interrupted((pid) => process.kill(pid, 'SIGKILL'));
    assert.equal(code, null);
    assertSaved(results);
  });
});

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 20));
}

function rowsOf(results: string): { kind: string; [key: string]: unknown }[] {
  const folder = join(results, 'quick');
  const [name] = readdirSync(folder);
  const text = readFileSync(join(folder, name), 'utf8');
  return text
    .slice(0, text.lastIndexOf('\n') + 1)
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
}

/** All rows but the configuration, without what the clock wrote. */
function numbersOf(results: string) {
  return rowsOf(results)
    .filter((row) => row.kind !== 'config')
    .map(({ seconds, ...row }) => row);
}
