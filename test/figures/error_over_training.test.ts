import assert from 'node:assert/strict';
import { test } from 'node:test';
import { errorOverTraining } from '../../src/figures/charts/error_over_training';
import type { TrainingErrorRow } from '../../src/results/measurements';
import { titleOf, traceOf, wordsOf } from './trace';

function measured(more: Partial<TrainingErrorRow>): TrainingErrorRow {
  return {
    ...({ task: 'classification', dataset: 'mnist', model: 's2cnn-150k', id: '1', images: 10000 } as const),
    ...{ oversampling: 1, step: 100, spheres: 1600, validationImages: 2000 },
    ...{ scoreRotated: 86, scoreUnrotated: 97, areaRotated: 86, areaUnrotated: 97, equivarianceError: 0.4 },
    ...{ engine: 'wasm', processor: 'one', commit: 'abc' },
    ...more,
  };
}

const start = { step: 50, spheres: 800, areaRotated: 60, areaUnrotated: 61, equivarianceError: 0.05 };
const coarse = [measured({}), measured(start)];
const fine = [
  measured({ oversampling: 1.5, areaRotated: 95, areaUnrotated: 95.5, equivarianceError: 0.02 }),
  measured({ ...start, oversampling: 1.5 }),
];

test('a training is drawn in the order of its spheres, and the title says what each grid does at its end', () => {
  const figure = errorOverTraining([...fine, ...coarse], { task: 'classification' });
  assert.match(titleOf(figure), /a gap of 11\.0 points on a coarse grid, of 0\.5 on a finer one/);
  const { x, y } = traceOf(figure, 'Grid × 1, error');
  assert.deepEqual(
    [x, y],
    [
      [800, 1600],
      [0.05, 0.4],
    ],
  );
  assert.match(wordsOf(figure), /error 0\.02/);
});

test('no finding of one grid alone, or where the gap stays; nothing of another task or of mixed trainings', () => {
  const choice = { task: 'classification' };
  assert.match(titleOf(errorOverTraining(coarse, choice)), /equivariance while training/);
  const open = fine.map((row) => ({ ...row, areaRotated: row.areaUnrotated - 10 }));
  assert.match(titleOf(errorOverTraining([...coarse, ...open], choice)), /equivariance while training/);
  assert.throws(() => errorOverTraining(coarse, { task: 'segmentation' }), /no measured trainings/);
  assert.throws(() => errorOverTraining([...coarse, measured({ images: 5 })], choice), /mix images/);
});
