import { networkName, type Summary } from '../../analysis/summary';

/** What charts of scores write of a summary beside the picture. */
export function summaryRow(s: Summary) {
  return {
    model: networkName(s),
    parameters: s.parameters,
    images: s.images,
    rotations: s.rotations,
    seeds: s.seeds.length,
    score_mean: s.rotated.mean,
    score_low: s.rotated.low,
    score_high: s.rotated.high,
    converged: s.converged,
    tier: s.tier,
    dataset: s.dataset,
  };
}
