import { latency } from '../analysis/latency';
import { modelsOf } from '../experiments/tiers';
import { networkCost } from '../models/cost';
import { buildNetwork } from '../models/network';
import { networkOf } from '../models/presets';
import { writeCosts } from '../results/measurements';
import type { ResultRow } from '../results/rows';
import type { Context } from './command';
import { type Measuring, measuredTier } from './measuring';

/** Of every network of the tier, with fresh weights. */
export async function measureCosts(
  rows: readonly ResultRow[],
  { by, to }: Measuring,
  { status, signal }: Context,
): Promise<void> {
  const tier = measuredTier;
  const found = [];
  for (const model of modelsOf(tier)) {
    const { task } = tier.series.find((series) => series.model === model)!;
    const network = networkOf(model, { task, bandwidth: tier.bandwidth });
    const built = buildNetwork(network, 1);
    const [one, many] = [await latency(built, 1, signal), await latency(built, 32, signal)];
    const trained = rows.filter(
      (row) => row.model === model && row.variant === '' && row.bandwidth === tier.bandwidth,
    );
    found.push({
      ...{ task, model, family: network.family, bandwidth: tier.bandwidth },
      ...networkCost(built),
      ...{ milliseconds1: one, milliseconds32: many },
      trainingMilliseconds:
        trained.length > 0
          ? Math.min(...trained.map(({ seconds, spheres }) => (1000 * seconds) / spheres))
          : null,
      ...by,
    });
    built.dispose();
    status.log(`${model}: ${one.toFixed(1)} ms for an answer, ${many.toFixed(1)} ms for 32`);
  }
  writeCosts(found, to);
}
