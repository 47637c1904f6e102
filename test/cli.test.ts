import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { experimentId } from '../src/experiments/experiment';
import { resultsFiles } from '../src/results/files';
import { parseResult, type StoredResult } from '../src/results/format';
import { outFolder } from '../src/util/files';
import { lines, store, study } from './analysis/synthetic';
import { run, start, until } from './commands/process';

const names = ['reproduce', 'train', 'sweep', 'publish', 'figures', 'notebooks', 'data', 'engines', 'bench'];

describe('command line', { concurrency: 2 }, () => {
  it('lists its commands', async () => {
    const { code, out, err } = await run('--help');
    assert.deepEqual([code, err], [0, '']);
    for (const name of names) assert.match(out, new RegExp(`^  ${name} `, 'm'));
  });

  for (const name of names)
    it(`explains ${name}`, async () => {
      const { code, out } = await run(name, '--help');
      assert.equal(code, 0);
      assert.match(out, new RegExp(`^equisphere ${name}: `));
      assert.match(out, /--help/);
    });

  it('explains tiers and choices of reproduce', async () => {
    const { out } = await run('reproduce', '-h');
    const words = [
      'quick',
      'study',
      'paper',
      'glyphs',
      's2cnn-quick',
      '--seeds',
      '--engine',
      '--no-notebooks',
    ];
    for (const word of words) assert.ok(out.includes(word), word);
  });

  it('says a wrong use in one line, and ends with 2', async () => {
    const { code, out, err } = await run('reproduce', '--tier', 'qick');
    assert.deepEqual([code, out], [2, '']);
    assert.match(err, /^equisphere: unknown tier "qick": did you mean "quick"\?.*\n$/);
  });

  it('ends quietly when nobody reads', async () => {
    for (const args of [
      ['--help'],
      ['sweep', '--dry-run', '--tier', 'study'],
      ['engines', '--engine', 'cpu'],
    ]) {
      const { child, ended } = start(...args);
      child.stdout!.destroy();
      const { code, err } = await ended;
      assert.deepEqual([code, err], [0, ''], args.join(' '));
    }
  });
});

describe('sweep --dry-run', () => {
  const folder = mkdtempSync(join(tmpdir(), 'dry-'));
  const lines = async (...args: string[]) =>
    (await run('sweep', '--dry-run', '--out', join(folder, 'out'), ...args)).out.trim().split('\n');

  it('lists the experiments with their ids, and how long they take; parts divide them without loss', async () => {
    const [all, first, second] = await Promise.all([lines(), lines('--part', '1/2'), lines('--part', '2/2')]);
    assert.match(
      all[0],
      /^[0-9a-f]{12} {2}\w+, s2cnn-quick, bandwidth 14, \d+ images of mnist, unrotated, seed 1: about \d/,
    );
    assert.match(all[44], /^0 of 44 done; about \d+ min \d+ s left on one core$/);
    assert.deepEqual([...first.slice(0, -1), ...second.slice(0, -1)].sort(), all.slice(0, -1).sort());
    assert.deepEqual(readdirSync(folder), []);
  });

  it('keeps to the parts that are asked for', async () => {
    const [rotated, unrotated] = [await lines('--only', 'E1'), await lines('--only', 'E3')];
    assert.ok(rotated.slice(0, -1).every((line) => line.includes('segmentation')));
    assert.ok(
      unrotated.slice(0, -1).every((line) => line.includes(', cnn-') && line.includes(', unrotated,')),
    );
    assert.equal(rotated.length - 1, 2 * (1 + 2 * 4));
    assert.equal(unrotated.length - 1, 2 * 2 * 2);
  });
});

/** A training of two seconds or so. */
const tiny = (
  '--tier smoke --dataset glyphs --task segmentation --model cnn-quick-small --engine wasm --images 320 --steps 400 --batch 8 ' +
  '--validation 32 --test 32 --bandwidth 8'
).split(' ');

const single = (name: string) => join(outFolder, 'single', name);
const made: string[] = [];
after(() => {
  for (const name of made) rmSync(single(name), { recursive: true, force: true });
});

/** A name of a single training that nobody has; removed at the end. */
function newName(): string {
  const name = `test-${process.pid}-${made.length}`;
  made.push(name);
  return name;
}

/** What a single training has written so far. */
function storedIn(name: string): StoredResult | undefined {
  const results = join(single(name), 'results');
  const [file] = existsSync(results) ? resultsFiles(results) : [];
  return file === undefined ? undefined : parseResult(readFileSync(file, 'utf8'));
}

/** Without what the clock wrote. */
function numbersIn(name: string) {
  const { validations, final } = storedIn(name)!;
  const { seconds, ...rest } = final!;
  return { validations: validations.map(({ seconds, ...row }) => row), final: rest };
}

describe('train', () => {
  it('ends with 130 when it is told to, goes on when started again, and comes to the same numbers', async () => {
    const [whole, pieces] = [newName(), newName()];
    assert.equal((await run('train', ...tiny, '--name', whole)).code, 0);
    // Ctrl-C and the closing of a terminal reach all its processes, `kill` only one.
    for (const [signal, group] of [
      ['SIGTERM', 1],
      ['SIGHUP', -1],
    ] as const) {
      const before = storedIn(pieces)?.sittings.length ?? 0;
      const { child, ended, said } = start('train', ...tiny, '--name', pieces);
      await until(() => (storedIn(pieces)?.sittings.length ?? 0) > before);
      await new Promise((resolve) => setTimeout(resolve, 300));
      process.kill(group * child.pid!, signal);
      const stopped = await ended;
      assert.equal(stopped.code, 130, `${signal}: ${said.out}`);
      assert.match(
        stopped.err,
        /^interrupted; what is done is saved, and the same command goes on from there\n$/,
      );
      assert.equal(storedIn(pieces)!.final, undefined);
    }
    const last = await run('train', ...tiny, '--name', pieces);
    assert.equal(last.code, 0, last.err);
    assert.match(last.out, /going on after step \d/);
    assert.deepEqual(numbersIn(pieces), numbersIn(whole));
  });

  it('stops and saves quietly when nobody reads any more', async () => {
    const name = newName();
    const { child, ended } = start('train', ...tiny, '--name', name);
    await until(() => storedIn(name) !== undefined);
    child.stdout!.destroy();
    child.kill('SIGINT'); // it has to say something to notice
    const { code, err } = await ended;
    assert.deepEqual([code, err], [0, '']);
    const id = experimentId(storedIn(name)!.sittings[0].experiment);
    assert.ok(existsSync(join(single(name), 'runs', 'numbers-1', id, 'checkpoint')));
  });

  it('stops at once while the digits are drawn', async () => {
    const { child, said, ended } = start('train', '--dataset', 'glyphs', '--name', newName()); // 70,000
    await until(() => said.out.includes('drawing glyphs'));
    child.kill('SIGINT');
    const before = said.out;
    const { code, signal, err } = await ended;
    assert.deepEqual([code, signal, err], [null, 'SIGINT', '']);
    assert.equal(said.out, before);
  });

  it('says in one line that a file is in the way of its folder', async () => {
    const name = newName();
    writeFileSync(single(name), '');
    const { code, err } = await run('train', ...tiny, '--name', name);
    assert.equal(code, 2);
    assert.match(err, /^equisphere: .*: expected a folder, found a file\n$/);
  });
});

describe('Ctrl-C', { concurrency: 2 }, () => {
  it('ends figures between two of them', async () => {
    const [results, figures] = [
      mkdtempSync(join(tmpdir(), 'results-')),
      join(tmpdir(), `figures-${process.pid}`),
    ];
    for (const result of study()) store(join(results, `${result.id}.jsonl`), lines(result));
    const { child, ended } = start('figures', '--results', results, '--figures', figures);
    await until(() => existsSync(figures) && readdirSync(figures).some((name) => name.endsWith('.csv')));
    process.kill(-child.pid!, 'SIGINT');
    const { code, err } = await ended;
    assert.equal(code, 130);
    assert.match(err, /^interrupted.*\n$/);
    const names = readdirSync(figures).filter((name) => !name.startsWith('plotly'));
    const figuresThere = new Set(names.map((name) => name.replace(/(-narrow)?\.\w+$/, '')));
    assert.ok(figuresThere.size < 8, `${names}`);
    for (const figure of figuresThere)
      for (const end of ['svg', 'png', 'html', 'csv'])
        assert.ok(names.includes(`${figure}.${end}`), `${names}`);
  });

  it('ends bench without a stack', async () => {
    const { child, said, ended } = start('bench', '--rows', 'E,A', '--compare');
    await until(() => said.out.includes('E ')); // it goes on with A, whose steps take seconds
    process.kill(-child.pid!, 'SIGINT');
    const { code, err } = await ended;
    assert.equal(code, 130);
    assert.match(err, /^interrupted.*\n$/);
  });
});

describe('an interrupted sweep of two jobs', { concurrency: 2 }, () => {
  const options =
    'sweep --jobs 2 --dataset glyphs --task segmentation --models cnn-quick-small --seeds 1 --engine wasm'.split(
      ' ',
    );

  async function interrupted(interrupt: (pid: number) => void) {
    const out = mkdtempSync(join(tmpdir(), 'sweep-'));
    const { child, ended } = start(...options, '--out', out);
    const results = join(out, 'results');
    await until(() => existsSync(results) && resultsFiles(results).length === 2);
    interrupt(child.pid!);
    return { ...(await ended), out };
  }

  function assertSaved(out: string): void {
    const stored = resultsFiles(join(out, 'results')).map((path) => parseResult(readFileSync(path, 'utf8'))!);
    assert.equal(stored.length, 2);
    for (const { sittings, final } of stored) {
      assert.equal(final, undefined);
      assert.ok(existsSync(join(out, 'runs', 'numbers-1', sittings[0].id, 'checkpoint')));
    }
    assert.ok(!readdirSync(join(out, 'runs')).some((name) => name.endsWith('.lock')));
  }

  it('saves both when a terminal interrupts all its processes', async () => {
    const { code, err, out } = await interrupted((pid) => process.kill(-pid, 'SIGINT'));
    assert.equal(code, 130);
    assert.match(err, /^interrupted; what is done is saved.*\n$/);
    assertSaved(out);
  });

  it('saves both when it is killed itself', async () => {
    const { code, out } = await interrupted((pid) => process.kill(pid, 'SIGKILL'));
    assert.equal(code, null);
    assertSaved(out);
  });
});
