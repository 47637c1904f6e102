import assert from 'node:assert/strict';
import { test } from 'node:test';
import { whatReluBreaks } from '../../src/figures/charts/what_relu_breaks';
import type { ReluRow } from '../../src/results/measurements';

function measured(more: Partial<ReluRow>): ReluRow {
  return {
    ...({ task: 'classification', dataset: 'mnist', model: 's2cnn-150k', id: '1', images: 10000 } as const),
    ...{ trainedOversampling: 1, oversampling: 1, spheres: 2000 },
    ...{ scoreRotated: 86, scoreUnrotated: 97, areaRotated: 86, areaUnrotated: 97, equivarianceError: 0.4 },
    ...{ engine: 'wasm', processor: 'one', commit: 'abc' },
    ...more,
  };
}

const fine = measured({ oversampling: 2, areaRotated: 86, areaUnrotated: 86.5, equivarianceError: 0.02 });
const between = measured({ oversampling: 1.5 });
const trainedFiner = measured({
  trainedOversampling: 1.5,
  oversampling: 1.5,
  areaRotated: 95,
  areaUnrotated: 96,
});

test('a dumbbell for each grid, and the title says how much of the gap a finer one leaves', () => {
  const { rows, layout } = whatReluBreaks([trainedFiner, between, fine, measured({})], {
    task: 'classification',
  });
  assert.deepEqual(
    rows!.map((row) => [row.trained_oversampling, row.oversampling, row.rotated]),
    [
      [1, 1, 86],
      [1, 2, 86],
      [1.5, 1.5, 95],
    ],
  );
  const { text } = layout.title as { text: string };
  assert.match(text.replaceAll('<br>', ' '), /from 11\.0 to 0\.5 points/);
});

test('no finding where the gap stays, and none at all of another task or of mixed measurements', () => {
  const open = measured({ oversampling: 2, areaUnrotated: 96 });
  const { layout } = whatReluBreaks([measured({}), open], { task: 'classification' });
  assert.match((layout.title as { text: string }).text, /what ReLU breaks/);
  assert.throws(() => whatReluBreaks([fine], { task: 'segmentation' }), /no measured grids/);
  assert.throws(
    () => whatReluBreaks([fine, measured({ spheres: 5 })], { task: 'classification' }),
    /mix spheres/,
  );
});
