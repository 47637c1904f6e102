import assert from 'node:assert/strict';
import { test } from 'node:test';
import { answersAtTestTime } from '../../src/figures/charts/answers_at_test_time';
import type { AnswerRow } from '../../src/results/measurements';

const common = {
  task: 'segmentation',
  dataset: 'mnist',
  parameters: 2e5,
  images: 1000,
  spheres: 64,
} as const;
const by = { engine: 'wasm', processor: 'one', commit: 'abc' };

function answer(more: Partial<AnswerRow>): AnswerRow {
  const plain = { family: 'cnn', models: ['cnn-218k'], ids: ['1'], rotations: 1000 } as const;
  const measured = {
    orbit: 1,
    turning: 'projection' as const,
    trainedOversampling: 1,
    oversampling: 1,
    score: 40,
    equivarianceError: 0.5,
    milliseconds: 1,
  };
  return { ...common, ...by, ...plain, models: ['cnn-218k'], ids: ['1'], ...measured, ...more };
}

const equivariant = { family: 's2cnn', models: ['s2cnn-204k'], rotations: 0 } as const;
const rows = [
  answer({ ...equivariant, models: ['s2cnn-204k'], score: 70, milliseconds: 12 }),
  answer({ ...equivariant, models: ['s2cnn-204k'], score: 71, oversampling: 2, milliseconds: 80 }),
  answer({ ...equivariant, models: ['s2cnn-204k'], score: 71, orbit: 4, milliseconds: 48 }),
  answer({}),
  answer({ orbit: 16, score: 46, milliseconds: 16 }),
  answer({ orbit: 4, turning: 'spectrum', score: 35, milliseconds: 5 }),
  answer({ models: ['cnn-218k', 'cnn-1m'], ids: ['1', '2'], score: 44, milliseconds: 3 }),
];

test('answers of the S2CNN, of a CNN and of several are lines over the time of an answer, in scores and in errors', () => {
  const { data, layout, rows: table } = answersAtTestTime(rows, { task: 'segmentation' });
  const names = data.map((trace) => trace.name);
  assert.deepEqual(
    names.filter((_, i) => i % 2 === 0),
    ['S2CNN', 'CNN 200k', 'CNN 200k, by spectrum', '2 CNNs'],
  );
  const own = data[0] as { x: number[]; y: number[]; customdata: unknown[] };
  assert.deepEqual(
    [own.x, own.y],
    [
      [12, 48],
      [70, 71],
    ],
  );
  assert.deepEqual(own.customdata, [
    [1, '12 ms'],
    [4, '48 ms'],
  ]);
  assert.equal(table?.length, rows.length);
  assert.match(
    (layout.title as { text: string }).text,
    /S2CNN: 70\.0; the best of a CNN over 16 rotations:(<br>| )46\.0/,
  );
});

test('a label says what its network learned from and over how many rotations it answers; on a telephone in three or four lines', () => {
  const texts = (width: number) =>
    (answersAtTestTime(rows, { task: 'segmentation' }, { width }).layout.annotations ?? []).map(
      ({ text }) => text,
    );
  assert.equal(texts(700)[0], '<b>S2CNN</b><br>1k unrotated<br>1 to 4 rotations');
  assert.equal(texts(366)[2], '<b>CNN 200k</b><br>by spectrum<br>1k rotated<br>4 rotations');
});

test('a network that was trained with a finer grid has a line of its own, and stands in the title', () => {
  const finer = answer({
    ...equivariant,
    models: ['s2cnn-204k'],
    ids: ['9'],
    trainedOversampling: 1.5,
    oversampling: 1.5,
    score: 81,
  });
  const { data, layout } = answersAtTestTime([...rows, finer], { task: 'segmentation' });
  const line = data.find((trace) => trace.name === 'S2CNN, trained ×1.5') as { y: number[] };
  assert.deepEqual(line.y, [81]);
  const { text } = layout.title as { text: string };
  assert.match(text.replaceAll('<br>', ' '), /S2CNN: 70\.0, with a finer grid for ReLU 81\.0; the best of/);
});

test('without a CNN the title says what a finer grid does', () => {
  const { layout } = answersAtTestTime(rows.slice(0, 3), { task: 'segmentation' });
  assert.match(
    (layout.title as { text: string }).text,
    /twice as fine: an S2CNN goes from(<br>| )70\.0 to(<br>| )71\.0/,
  );
});

test('answers of another engine, or of other spheres, do not stand beside them', () => {
  for (const more of [{ engine: 'cpu' }, { spheres: 128 }, { processor: 'two' }])
    assert.throws(() => answersAtTestTime([...rows, answer(more)], { task: 'segmentation' }), /mix/);
  assert.throws(() => answersAtTestTime(rows, { task: 'classification' }), /no measured answers/);
});
