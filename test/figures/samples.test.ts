import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Task } from '../../src/datasets/task';
import { samples } from '../../src/figures/charts/samples';
import { mainDigit, overlap } from '../../src/figures/charts/segmentation_samples';
import { centreOf, hemisphere } from '../../src/figures/parts/hemisphere';
import { betas } from '../../src/math/grid';
import type { SampleSet } from '../../src/results/rows';
import { row } from '../analysis/synthetic';
import { tracesOf, wordsOf } from './trace';

/** Two spheres at bandwidth 2 with a 3 on their southern halves; the network takes the second for a 5. */
function set(task: Task, model = 's2cnn-quick'): SampleSet {
  const south = (value: number) => Array.from({ length: 16 }, (_, i) => (i >= 8 ? value : 0));
  return {
    result: row({ task, model }),
    count: 2,
    size: 4,
    inputs: Uint8Array.from([...south(200), ...south(250)]),
    masks: Uint8Array.from([...south(4), ...south(4)]),
    predictions: task === 'segmentation' ? Uint8Array.from([...south(4), ...south(6)]) : new Uint8Array(),
    labels: [3, 3],
    predictedLabels: task === 'segmentation' ? [] : [3, 5],
  };
}

test('segmentation on the grid: input, mask and prediction of each sphere, beta downwards', () => {
  const figure = samples([set('segmentation')], { view: 'grid' });
  const panels = tracesOf(figure);
  assert.equal(panels.length, 6);
  const zero = [0, 0, 0, 0];
  assert.deepEqual(panels[0].z, [zero, zero, [200, 200, 200, 200], [200, 200, 200, 200]]);
  assert.deepEqual(panels[5].z, [zero, zero, [6, 6, 6, 6], [6, 6, 6, 6]]);
  const [bottom, top] = figure.layout.yaxis?.range ?? [];
  assert.ok(bottom > top, 'the axis of beta must point downwards');
});

test('segmentation captions name the digit and its overlap, in words', () => {
  const words = wordsOf(samples([set('segmentation')], { view: 'grid' }));
  assert.match(words, /digit 3 · IoU 100 %/);
  assert.match(words, /<b>digit 5<\/b> · IoU 0 %/);
  assert.match(words, /the first 2 rotated test spheres/);
});

test('the classes of FashionMNIST are told by name', () => {
  for (const task of ['segmentation', 'classification'] as const) {
    const digits = set(task);
    const clothes = { ...digits, result: { ...digits.result, dataset: 'fashion-mnist' as const } };
    assert.match(wordsOf(samples([clothes], { view: 'grid' })), /3 dress, 4 coat, 5 sandal/);
    assert.doesNotMatch(wordsOf(samples([digits], { view: 'grid' })), /sandal/);
  }
});

test('each panel has axes of its own inside the figure', () => {
  const { layout } = samples([set('segmentation'), set('segmentation', 'cnn-quick-small')], {
    view: 'sphere',
  });
  const axes = Object.entries(layout).filter(([key]) => /^[xy]axis\d*$/.test(key));
  assert.equal(axes.length, 2 * 8);
  for (const [key, { domain }] of axes as [string, { domain: [number, number] }][])
    assert.ok(domain[0] >= 0 && domain[1] <= 1 && domain[0] < domain[1], `${key}: ${domain}`);
});

test('classification shows the predicted digits and boxes the wrong one', () => {
  const { layout, data } = samples([set('classification')], { view: 'grid' });
  assert.equal(data.length, 2);
  const digits = layout.annotations
    ?.map(({ text }) => text)
    .filter((text) => /^(<b>)?\d(<\/b>)?$/.test(text ?? ''));
  assert.deepEqual(digits, ['3', '3', '3', '<b>5</b>']);
  assert.equal(layout.shapes?.length, 2 + 1);
});

test('sets of other spheres, of two tasks, or none are refused', () => {
  const other = set('segmentation', 'cnn-quick-small');
  other.inputs[0] = 1;
  assert.throws(
    () => samples([set('segmentation'), other], { view: 'grid' }),
    /not tested on the same spheres/,
  );
  assert.throws(() => samples([set('segmentation'), set('classification')], { view: 'grid' }), /together/);
  assert.throws(() => samples([], { view: 'grid' }), /no sample sets/);
});

test('overlap and mainDigit', () => {
  assert.equal(overlap(Uint8Array.of(4, 4, 0, 0), Uint8Array.of(4, 0, 4, 0), 3), 1 / 3);
  assert.equal(overlap(Uint8Array.of(0), Uint8Array.of(0), 3), undefined);
  assert.equal(mainDigit(Uint8Array.of(0, 0, 0, 10, 10, 1)), 9);
  assert.equal(mainDigit(Uint8Array.of(0, 0)), undefined);
});

test('centreOf finds the pole, and a point on the equator', () => {
  const size = 32;
  const south = Uint8Array.from({ length: size * size }, (_, i) => (i >= (size - 4) * size ? 255 : 0));
  const [x, y, z] = centreOf(south, size);
  assert.ok(Math.hypot(x, y, z + 1) < 1e-9);
  const dot = new Uint8Array(size * size);
  dot[16 * size + 8] = 255; // alpha = pi/2
  const [dx, dy] = centreOf(dot, size);
  assert.ok(Math.abs(dx) < 1e-9 && dy > 0.99);
  assert.deepEqual(centreOf(new Uint8Array(16), 4), [0, 0, -1]);
});

test('the hemisphere about the south pole, seen from the centre: y to the right, x downwards', () => {
  const size = 64;
  const along = (of: (beta: number, alpha: number) => number) => {
    const beta = betas(size / 2);
    return Array.from({ length: size * size }, (_, i) => {
      return of(beta[Math.floor(i / size)], (2 * Math.PI * (i % size)) / size);
    });
  };
  const [x, y] = [
    hemisphere(along((beta, alpha) => Math.sin(beta) * Math.cos(alpha)), size, [0, 0, -1]),
    hemisphere(along((beta, alpha) => Math.sin(beta) * Math.sin(alpha)), size, [0, 0, -1]),
  ]; // biome-ignore format: a pair
  const n = x.length;
  for (let row = 0; row < n; row++)
    for (let column = 0; column < n; column++) {
      const [u, v] = [(2 * column + 1) / n - 1, (2 * row + 1) / n - 1];
      if (u * u + v * v > 1) assert.equal(x[row][column], null);
      else assert.ok(Math.hypot((y[row][column] ?? 9) - u, (x[row][column] ?? 9) - v) < 0.08);
    }
});

test('a hemisphere never mirrors: views about any two directions agree in handedness', () => {
  const size = 64;
  for (const centre of [[0, 0, -1], [0, 0, 1], [1, 0, 0], [0, -1, 0], [0.6, 0, 0.8], [0.48, 0.6, -0.64]] as const) {
    const axis = (i: number) =>
      Array.from({ length: size * size }, (_, k) => {
        const [beta, alpha] = [(Math.PI * (2 * Math.floor(k / size) + 1)) / (2 * size), (2 * Math.PI * (k % size)) / size];
        return [Math.sin(beta) * Math.cos(alpha), Math.sin(beta) * Math.sin(alpha), Math.cos(beta)][i];
      });
    const views = [0, 1, 2].map((i) => hemisphere(axis(i), size, centre));
    const at = (row: number, column: number) => views.map((view) => view[row][column] as number);
    const middle = Math.floor(views[0].length / 2);
    const minus = (a: number[], b: number[]) => a.map((value, i) => value - b[i]);
    const right = minus(at(middle, middle + 30), at(middle, middle - 30));
    const up = minus(at(middle - 30, middle), at(middle + 30, middle));
    const normal = [0, 1, 2].map((i) => right[(i + 1) % 3] * up[(i + 2) % 3] - right[(i + 2) % 3] * up[(i + 1) % 3]);
    const towards = normal.reduce((sum, value, i) => sum + value * centre[i], 0);
    assert.ok(towards < -1, `seen about ${centre}: ${towards}`);
  }
}); // biome-ignore format: a row of directions
