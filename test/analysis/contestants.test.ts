import assert from 'node:assert/strict';
import { test } from 'node:test';
import { contestantsOf } from '../../src/analysis/contestants';
import type { ResultRow } from '../../src/results/rows';

function row(id: string, more: Partial<ResultRow> = {}): ResultRow {
  const plain = { family: 'cnn', images: 100, rotations: 100, validationRotated: 50, seed: 1 } as const;
  const usual = { task: 'segmentation', variant: '', fidelity: 'corrected', digitsPerSphere: 1 } as const;
  return { id, ...usual, ...plain, ...more } as ResultRow;
}

test('of either family the best on rotated validation spheres; and all CNNs trained as theirs was', () => {
  const equivariant = { family: 's2cnn', rotations: 0 } as const;
  const rows = [
    row('few, but best', { ...equivariant, images: 10, validationRotated: 60, scoreRotated: 1 }),
    row('many', { ...equivariant, scoreRotated: 99 }),
    row('rotated', { family: 's2cnn', images: 500 }),
    row('best', { validationRotated: 70, scoreRotated: 1 }),
    row('as many', { seed: 2, scoreRotated: 99 }),
    row('fewer', { images: 50, rotations: 50 }),
    row('unrotated', { rotations: 0, validationRotated: 99 }),
    row('few rotations', { rotations: 10, validationRotated: 99 }),
    row('finer', { variant: 'oversampling 2', images: 900, ...equivariant }),
    row('finer, worse', { variant: 'oversampling 2', validationRotated: 49, ...equivariant }),
    row('finer, rotated', { variant: 'oversampling 2', family: 's2cnn', validationRotated: 99 }),
    row('other task', { task: 'classification', validationRotated: 99 }),
  ];
  const found = contestantsOf(rows, 'segmentation');
  assert.equal(found.equivariant?.id, 'few, but best');
  assert.equal(found.finer?.id, 'finer');
  assert.equal(found.plain?.id, 'best');
  assert.deepEqual(
    found.ensemble.map(({ id }) => id),
    ['best', 'as many'],
  );
});

test('of nothing there is nothing', () => {
  assert.deepEqual(contestantsOf([], 'segmentation'), {
    equivariant: undefined,
    finer: undefined,
    plain: undefined,
    ensemble: [],
  });
});
