import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  type Experiment,
  type ExperimentFields,
  experiment,
  experimentId,
} from '../../src/experiments/experiment';
import { Random } from '../../src/util/random';
import { holds } from '../properties';
import { anExperiment } from './sample';

const from = (min: number, max: number) => fc.integer({ min, max });

/** What a recipe may be in, each field by itself; networks follow from bandwidth and task. */
const fields = {
  bandwidth: from(8, 12),
  images: from(500, 5000),
  rotations: from(0, 500),
  validationImages: from(1, 500),
  testImages: from(0, 500),
  seed: from(0, 1e9),
  steps: from(100, 1e6),
  batchSize: from(1, 64),
  learningRate: fc.double({ min: 1e-6, max: 1, noNaN: true }),
  schedule: fc.constantFrom('constant', 'cosine', 'trapezoid'),
  warmup: from(0, 100),
  validateEvery: from(1, 500),
  patience: from(0, 20),
  dataset: fc.constantFrom('mnist', 'fashion-mnist', 'glyphs'),
  digitsPerSphere: from(1, 4),
  fidelity: fc.constantFrom('corrected', 'input', 'grid', 'sampling+grid', 'pole+centre'),
} satisfies { [Key in keyof Experiment]?: fc.Arbitrary<Experiment[Key]> };

const recipes = fc.record(fields) as fc.Arbitrary<Partial<ExperimentFields>>;

/** An object with its keys in another order, inner objects too. */
function reordered<T>(value: T, keyOf: (key: string) => number): T {
  if (!value || typeof value !== 'object' || Array.isArray(value)) return value;
  const entries = Object.entries(value).sort(([a], [b]) => keyOf(a) - keyOf(b));
  return Object.fromEntries(entries.map(([key, inner]) => [key, reordered(inner, keyOf)])) as T;
}

test('an id does not depend on the order of keys, nor on names', () => {
  holds(
    fc.property(recipes, fc.nat(), (recipe, salt) => {
      const e = anExperiment(recipe);
      const id = experimentId(e);
      assert.match(id, /^[0-9a-f]{12}$/);
      const keyOf = (key: string) =>
        ((salt + 1) * [...key].reduce((sum, c) => sum * 31 + c.charCodeAt(0), 7)) % 997;
      assert.equal(experimentId(reordered(e, keyOf)), id);
      assert.equal(experimentId(experiment(reordered(e, keyOf) as ExperimentFields)), id);
      assert.equal(experimentId({ ...e, tier: 'other', model: 'another' }), id);
      assert.equal(experimentId(JSON.parse(JSON.stringify(e))), id);
    }),
    50,
  );
});

test('an id changes with every field of the recipe', () => {
  const names = Object.keys(fields) as (keyof typeof fields)[];
  holds(
    fc.property(recipes, recipes, (recipe, other) => {
      const e = anExperiment(recipe);
      for (const name of names) {
        const changed = anExperiment({ ...recipe, [name]: other[name] });
        assert.equal(experimentId(changed) === experimentId(e), recipe[name] === other[name], name);
      }
    }),
    20,
  );
});

test('two recipes of a large sample never share an id', () => {
  const random = Random.of(1, 'ids');
  const base = anExperiment();
  const drawn = Array.from({ length: 5_000 }, () => ({
    ...base,
    images: random.integer(1e6),
    rotations: random.integer(3),
    seed: random.integer(100),
    steps: random.integer(1e4),
    learningRate: random.uniform(),
  }));
  const contents = new Set(drawn.map((e) => JSON.stringify(e)));
  assert.equal(new Set(drawn.map(experimentId)).size, contents.size);
});
