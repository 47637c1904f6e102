import assert from 'node:assert/strict';
import { test } from 'node:test';
import { studyFigures } from '../../src/figures/study_figures';
import type { ResultRow, Results } from '../../src/results/rows';
import { study } from '../analysis/synthetic';
import { imagesAndRotations, mnistStudy } from './studies';

/** Names of what is drawn from rows, without samples and validations. */
function namesOf(rows: ResultRow[]): string[] {
  const results: Results = { rows, validations: [], samples: [] };
  return studyFigures(results, () => {}).map(({ name }) => name);
}

const changed = (rows: ResultRow[], change: Partial<ResultRow>) => rows.map((row) => ({ ...row, ...change }));

test('one digit a sphere and four are two studies, with files of their own', () => {
  const names = namesOf([...mnistStudy(), ...changed(mnistStudy(), { digitsPerSphere: 4 })]);
  assert.equal(new Set(names).size, names.length);
  assert.ok(names.includes('mnist-quick-segmentation-augmentation'));
  assert.ok(names.some((name) => /^mnist-quick-segmentation-4-?digits-augmentation$/.test(name)));
});

test('numbers of two versions are two studies, with files of their own', () => {
  const names = namesOf([...study(), ...changed(study(), { numbers: 99 })]);
  assert.equal(new Set(names).size, names.length);
});

test('single faults and variants of a network make no figures, the released generator does with several amounts', () => {
  assert.deepEqual(namesOf(changed(study(), { fidelity: 'sampling' })), []);
  assert.deepEqual(namesOf(changed(study(), { variant: 'upsampling "released"' })), []);
  const released = changed(study(), { fidelity: 'released' });
  assert.ok(namesOf(released).includes('glyphs-quick-segmentation-released-cost'));
  const [first] = released.filter(({ rotations }) => rotations > 0);
  assert.deepEqual(
    namesOf(released.filter(({ rotations, images }) => !rotations || images === first.images)),
    [],
  );
});

test('a tier with several studies has a figure of their gaps; shared rotations have one of theirs', () => {
  const one = namesOf(study());
  assert.ok(!one.includes('quick-gap') && !one.some((name) => name.endsWith('-rotations')));
  assert.ok(namesOf([...study(), ...study('classification')]).includes('quick-gap'));
  const rotations = imagesAndRotations().filter((row) => row.rotations < row.images);
  assert.ok(namesOf([...study(), ...rotations]).includes('glyphs-quick-segmentation-rotations'));
});
