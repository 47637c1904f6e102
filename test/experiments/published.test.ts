import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { publishedFolder } from '../../src/commands/folders';
import type { DatasetName } from '../../src/datasets/digits';
import { experimentId } from '../../src/experiments/experiment';
import { gridOf } from '../../src/experiments/grid';
import { tierOf } from '../../src/experiments/tiers';
import { storedResults } from '../../src/results/read';

/** `quick`, `mnist`: folders of results that stand in the project. */
const studies = readdirSync(publishedFolder).flatMap((tier) =>
  readdirSync(join(publishedFolder, tier)).map((dataset) => [tier, dataset as DatasetName] as const),
);

/** A changed preset, recipe or grid gives experiments another id: their results must be published anew. */
describe('published results are those of the tier as it is', () => {
  for (const [tier, dataset] of studies)
    it(`${tier}, ${dataset}`, () => {
      const today = new Set(gridOf(tierOf(tier as never), { dataset }).map(experimentId));
      const stored = storedResults(join(publishedFolder, tier, dataset)).map(({ sittings }) => sittings[0]);
      assert.ok(stored.length > 0);
      for (const { id, experiment: e } of stored)
        assert.ok(today.has(id), `${id} (${e.task}, ${e.model}, ${e.images} images) is none of the tier's`);
      if (tier === 'quick') assert.equal(stored.length, today.size, 'all of the quick tier');
    });
});
