import { bootstrapSaturation, type Interval } from '../analysis/bootstrap';
import { equivalentImages, fitSaturation, type SaturationFit } from '../analysis/saturation';
import { compactCount, score } from '../figures/parts/numbers';
import { modelLabel } from '../figures/parts/wording';
import type { ResultRow } from '../results/rows';
import { Random } from '../util/random';

/** What an equivariant network's score is worth to a plain one, in rotated training images. */
export interface Worth {
  /** The plain network: "CNN 218k". */
  network: string;
  fit: SaturationFit;
  /** The equivariant network's score, mean over the seeds. */
  level: number;
  /** Images that the plain network needs for it, with its 90 % interval; Infinity where no number suffices. */
  images: Interval;
  /** The most that it was trained with. */
  largest: number;
}

/** Fits a curve to each CNN's scores; CNNs with fewer than three amounts of rotated images are left out. */
export function worthOf(rows: readonly ResultRow[]): Worth[] {
  const equivariant = rows.filter((row) => row.family === 's2cnn' && row.rotations === 0);
  const level = equivariant.reduce((sum, row) => sum + row.scoreRotated / equivariant.length, 0);
  const plain = rows.filter((row) => row.family === 'cnn' && row.rotations > 0);
  const bySize = [...plain].sort((a, b) => a.parameters - b.parameters);
  const models = [...new Set(bySize.map((row) => row.model))];
  return models.flatMap((model) => {
    const own = plain.filter((row) => row.model === model);
    const amounts = new Set(own.map((row) => row.images));
    return equivariant.length > 0 && amounts.size >= 3 ? [worth(own, level)] : [];
  });
}

/** The worth in a sentence; an extrapolation is called one. */
export function worthText({ network, fit, level, images, largest }: Worth): string {
  const target = `${score(level)} %`;
  const [low, high] = [imagesText(images.low), imagesText(images.high)];
  const interval = low === high ? `90 % interval: ${low} at both ends` : `90 % interval: ${low} to ${high}`;
  if (images.estimate === Number.POSITIVE_INFINITY)
    return `${network}: no number suffices for ${target}; its curve tends to ${score(fit.limit)} % (${interval})`;
  const beyond = images.estimate > largest ? `; extrapolated from at most ${compactCount(largest)}` : '';
  return `${network}: ${imagesText(images.estimate)} for ${target} (${interval}${beyond})`;
}

function worth(rows: readonly ResultRow[], level: number): Worth {
  const points = rows.map((row) => ({ n: row.images, score: row.scoreRotated }));
  const random = Random.of(1, 'worth', rows[0].model);
  return {
    network: modelLabel(rows[0]),
    fit: fitSaturation(points),
    level,
    images: bootstrapSaturation(points, (fit) => equivalentImages(fit, level), { random, resamples: 200 }),
    largest: Math.max(...rows.map((row) => row.images)),
  };
}

/** Numbers beyond all use are not spelled out. */
function imagesText(images: number): string {
  if (images === Number.POSITIVE_INFINITY) return 'no number of images';
  return images > 1e9
    ? 'more than 1e9 rotated images'
    : `${compactCount(Number(images.toPrecision(2)))} rotated images`;
}
