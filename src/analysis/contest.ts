import type { ResultRow } from '../results/rows';
import { nearestAmount } from './nearest_amount';

/** The rows of a study by which equivariance and augmentation are held against each other. */
export interface Contest {
  /**
   * The runs of the largest S2CNN at one number of unrotated images: that next to the fewest rotated ones of a CNN, so
   * that like is compared with like. Empty where there are none.
   */
  equivariant: ResultRow[];
  /** The runs of each CNN with rotated images, in order of size; those with fewer than three amounts are left out. */
  plain: ResultRow[][];
}

/**
 * Takes from a study's rows what is compared: S2CNNs that never saw a rotated sphere against CNNs that saw nothing else.
 * Of a CNN whose images share rotations to different degrees, those runs count whose images share them least. Single
 * trainings that are drawn beside a study do not count.
 */
export function contestOf(all: readonly ResultRow[]): Contest {
  const rows = all.filter((row) => !(row as { run?: string }).run);
  const rotated = rows.filter((row) => row.family === 'cnn' && row.rotations > 0);
  const models = [...new Set(rotated.sort((a, b) => a.parameters - b.parameters).map((row) => row.model))];
  const plain = models
    .map((model) => leastShared(rotated.filter((row) => row.model === model)))
    .filter((own) => new Set(own.map((row) => row.images)).size >= 3);
  const unrotated = rows.filter((row) => row.family === 's2cnn' && row.rotations === 0);
  const size = Math.max(...unrotated.map((row) => row.parameters));
  const largest = unrotated.filter((row) => row.parameters === size);
  const fewest = Math.min(...plain.flat().map((row) => row.images));
  return { equivariant: nearestAmount(largest, fewest), plain };
}

function leastShared(rows: readonly ResultRow[]): ResultRow[] {
  const shared = ({ images, rotations }: ResultRow) => Math.round(images / rotations);
  const least = Math.min(...rows.map(shared));
  return rows.filter((row) => shared(row) === least);
}
