import type { FamilyName } from '../../src/analysis/curve_families';
import { type Curve, curveAt } from '../../src/analysis/curve_fit';
import type { Point } from '../../src/analysis/points';
import { Random } from '../../src/util/random';

export const amounts = [500, 1000, 2000, 4000, 8000, 16000, 32000, 64000];

const span = { first: 500, last: 64000 };

/** A curve of each family, to draw points from. */
export const laws: Record<FamilyName, Curve> = {
  straight: { family: 'straight', base: 20, gain: 40, shape: [], span, limit: Number.POSITIVE_INFINITY },
  power: { family: 'power', base: 40, gain: 40, shape: [0.5], span, limit: 80 },
  logistic: { family: 'logistic', base: 10, gain: 50, shape: [4000, 1.5], span, limit: 60 },
};

/** Points of a curve with normal noise, a set for each seed. */
export function draw(
  law: Curve,
  {
    noise = 0,
    seeds = 1,
    random = Random.of(7, 'noise'),
  }: { noise?: number; seeds?: number; random?: Random } = {},
): Point[] {
  return Array.from({ length: seeds }, () =>
    amounts.map((images) => ({ images, score: curveAt(law, images) + noise * random.normal() })),
  ).flat();
}
