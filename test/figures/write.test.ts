import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { JSDOM } from 'jsdom';
import type { Figure } from '../../src/figures/parts/figure';
import { toCsv } from '../../src/figures/render/csv';
import { exportFigure } from '../../src/figures/render/export';
import { studyFigures } from '../../src/figures/study_figures';
import { writeFigures } from '../../src/figures/write';
import type { ResultRow } from '../../src/results/rows';
import { lines, row, store, study } from '../analysis/synthetic';

const folder = () => mkdtempSync(join(tmpdir(), 'figures-'));
const figure: Figure = {
  data: [{ type: 'scatter', x: [1, 2], y: [1 / 3, 2] }],
  layout: { width: 300, height: 200, title: { text: '<b>A title</b>' } },
  alt: 'Two points </script>',
  rows: [{ model: 'a, b', score: 1 / 3, best: null }],
};

test('a figure becomes four files', async () => {
  const dir = folder();
  const paths = await exportFigure('one', figure, dir);
  assert.deepEqual(
    paths,
    ['svg', 'png', 'html', 'csv'].map((extension) => join(dir, `one.${extension}`)),
  );
  assert.equal(readFileSync(paths[3], 'utf8'), 'model,score,best\n"a, b",0.333333,\n');
  assert.match(readFileSync(paths[0], 'utf8'), /^<svg /);
  assert.equal(readFileSync(paths[1]).subarray(1, 4).toString(), 'PNG');
});

test('the page holds the figure, needs no network, and falls back to the picture', async () => {
  const dir = folder();
  await exportFigure('one', figure, dir);
  const html = readFileSync(join(dir, 'one.html'), 'utf8');
  assert.doesNotMatch(html, /https?:/);
  assert.match(html, /src: 'plotly-cartesian\.min\.js'/);
  assert.match(html, /<img src="one\.svg" alt="Two points &lt;\/script&gt;" width="300" height="200">/);
  assert.match(html, /<title>A title<\/title>/);
  assert.equal(html.match(/<\/script>/g)?.length, 1, 'the description must not end the script');
  const [, content] = html.match(/const \{ data, layout \} = (.*);\n/) ?? [];
  assert.deepEqual(JSON.parse(content).data[0].y, [0.333333, 2]);
  assert.ok(existsSync(join(dir, 'plotly-cartesian.min.js')));
});

test('exporting twice writes the same bytes', async () => {
  const dir = folder();
  const read = async () =>
    (await exportFigure('one', figure, dir)).map((path) => readFileSync(path, 'base64'));
  assert.deepEqual(await read(), await read());
});

test('a name that leads out of the folder is refused', async () => {
  await assert.rejects(exportFigure('../one', figure, folder()), /cannot be the name of a file/);
});

test('CSV quotes what needs it', () => {
  assert.equal(
    toCsv([
      { a: 'x"y', b: true },
      { a: 'p\nq', b: 12 },
    ]),
    'a,b\n"x""y",true\n"p\nq",12\n',
  );
  assert.equal(toCsv([{ n: 5_519_335, x: 0.1 + 0.2 }]), 'n,x\n5519335,0.3\n');
});

test("writeFigures draws each study's figures and the paper's curves, and tells what it leaves out", async () => {
  const [results, figures] = [folder(), folder()];
  for (const result of [...study(), ...study('classification')])
    store(join(results, 'quick', `${result.id}.jsonl`), lines(result));
  writeFileSync(join(results, 'bad.jsonl'), '{"kind":"config"\n');
  const log: string[] = [];
  const written = await writeFigures({ results, folder: figures, log: (line) => log.push(line) });
  const names = written.map(({ name }) => name);
  const kinds = [
    'augmentation',
    'saturation',
    'collapse',
    'cost',
    'training',
    'samples-grid',
    'samples-sphere',
  ];
  for (const task of ['segmentation', 'classification'])
    for (const kind of kinds) assert.ok(names.includes(`glyphs-quick-${task}-${kind}`), `${task} ${kind}`);
  for (const name of ['paper-mnist-segmentation', 'paper-fashion-mnist-segmentation-saturation'])
    assert.ok(names.includes(name), name);
  assert.ok(names.every((name) => existsSync(join(figures, `${name}.png`))));
  assert.deepEqual(shownIn(figures), names);
  assert.equal(log.length, 1);
  assert.match(log[0], /bad\.jsonl is left out/);
});

/** Names of the figures on the index page of a folder, all of whose links must lead somewhere. */
function shownIn(figures: string): string[] {
  const { document } = new JSDOM(readFileSync(join(figures, 'index.html'), 'utf8')).window;
  for (const link of document.querySelectorAll('figcaption a, source, img')) {
    const path = link.getAttribute('href') ?? link.getAttribute('srcset') ?? link.getAttribute('src');
    assert.ok(existsSync(join(figures, path!)), `${path} is not there`);
  }
  return Array.from(document.images, (image) => image.getAttribute('src')!.replace(/^\.\/|\.svg$/g, ''));
}

test('results of half a study give what they can', async () => {
  const [results, figures] = [folder(), folder()];
  const [s2cnn] = study();
  store(join(results, `${s2cnn.id}.jsonl`), lines(s2cnn));
  const log: string[] = [];
  const written = await writeFigures({ results, folder: figures, log: (line) => log.push(line) });
  const names = written.map(({ name }) => name);
  assert.ok(names.includes('glyphs-quick-segmentation-collapse'));
  assert.deepEqual(log, [
    'glyphs-quick-segmentation-augmentation is left out: no results of a CNN trained on rotated images for segmentation',
    'glyphs-quick-segmentation-saturation is left out: no results of a CNN with three amounts of rotated images for segmentation',
  ]);
});

test('results of any part of a study are no error', async () => {
  const whole = [...study(), row({ family: 'cnn', model: 'cnn-quick-small', images: 4000, rotations: 40 })];
  const parts = [
    ({ family, rotations }: ResultRow) => family === 'cnn' && rotations === 0,
    ({ family, rotations, images }: ResultRow) => family === 'cnn' && rotations > 0 && rotations < images,
    ({ family, rotations, images }: ResultRow) => family === 'cnn' && rotations === images,
  ];
  for (const part of parts) {
    const [results, figures] = [folder(), folder()];
    const own = whole.filter(part);
    assert.ok(own.length > 0);
    for (const result of own) store(join(results, `${result.id}.jsonl`), lines(result));
    const log: string[] = [];
    await writeFigures({ results, folder: figures, log: (line) => log.push(line) });
    for (const line of log) assert.match(line, /is left out: /);
  }
});

test('a single training is drawn beside a study, under its own name, and moves no mean of it', async () => {
  const [results, own, figures] = [folder(), folder(), folder()];
  for (const result of study()) store(join(results, `${result.id}.jsonl`), lines(result));
  const twin = row({ seed: 1, scoreRotated: 5 });
  const another = row({ tier: 'study', images: 500, learningRate: 0.002, scoreRotated: 40 });
  const stray = row({ tier: 'study', bandwidth: 9 });
  for (const [i, result] of [twin, another, stray].entries()) store(join(own, `${i}.jsonl`), lines(result));
  const log: string[] = [];
  const options = {
    results,
    folder: figures,
    kinds: ['augmentation'],
    log: (line: string) => log.push(line),
  };
  const [{ figure: alone }] = await writeFigures(options);
  const [{ figure }] = await writeFigures({ ...options, added: [{ name: 'mine', results: own }] });
  for (const rowOfStudy of alone.rows!)
    assert.ok(figure.rows!.some((other) => JSON.stringify(other) === JSON.stringify(rowOfStudy)));
  const mine = figure.rows!.filter(({ model }) => String(model).endsWith('(mine)'));
  assert.deepEqual(
    mine.map(({ score_mean }) => score_mean),
    [40, 5],
  );
  assert.match(JSON.stringify(figure.layout.annotations), /S2CNN 23k<\/b><br>\(mine\)/);
  assert.deepEqual(
    [log.length, log.every((line) => line.startsWith('mine is left out: there is no study of '))],
    [1, true],
  );
});

test('each study has figures of its own name', () => {
  const rows = [
    ...study(),
    ...[{ digitsPerSphere: 4 }, { fidelity: 'released' }, { dataset: 'mnist' }],
    { numbers: 2 },
    { testImages: 7 },
    { bandwidth: 9 },
    { tier: 'study' },
  ].flatMap((other) => ('id' in other ? [other] : study().map((r) => ({ ...r, ...other }) as ResultRow)));
  const names = studyFigures({ rows, validations: [], samples: [] }, () => {}, ['collapse']).map(
    ({ name }) => name,
  );
  assert.equal(names.length, 8);
  assert.equal(new Set(names).size, 8);
  assert.ok(names.every((name) => /^[\w.-]+$/.test(name)));
  const [plain] = studyFigures({ rows: study(), validations: [], samples: [] }, () => {}, ['collapse']);
  assert.equal(plain.name, 'glyphs-quick-segmentation-collapse');
});

test('drawing stops between two figures', async () => {
  const [results, figures] = [folder(), folder()];
  for (const result of study()) store(join(results, `${result.id}.jsonl`), lines(result));
  const stop = new AbortController();
  setImmediate(() => stop.abort());
  await assert.rejects(writeFigures({ results, folder: figures, signal: stop.signal }), {
    name: 'Interrupted',
  });
  const { length } = readdirSync(figures);
  await new Promise((resolve) => setTimeout(resolve, 100));
  assert.equal(readdirSync(figures).length, length);
});
