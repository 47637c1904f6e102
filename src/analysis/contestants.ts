import type { Task } from '../datasets/task';
import type { ResultRow } from '../results/rows';
import { isFinerGrid, isUsualData } from './selection';

/** The trained networks that answers at test time are compared of. */
export interface Contestants {
  /** the S2CNN trained on unrotated images with the best score on rotated validation spheres */
  equivariant?: ResultRow;
  /** of those whose ReLUs had a finer grid in training, the best one */
  finer?: ResultRow;
  /** the CNN with the best one, each of whose images had a rotation of its own */
  plain?: ResultRow;
  /** all CNNs, of any size and seed, that were trained on as many images as that one */
  ensemble: ResultRow[];
}

/** @param rows of one data set and tier */
export function contestantsOf(rows: readonly ResultRow[], task: Task): Contestants {
  const usual = rows.filter((row) => row.task === task && isUsualData(row));
  const finer = bestOnValidation(usual.filter((row) => isFinerGrid(row) && row.rotations === 0));
  const own = usual.filter((row) => row.variant === '');
  const equivariant = bestOnValidation(own.filter((row) => row.family === 's2cnn' && row.rotations === 0));
  const plains = own.filter((row) => row.family === 'cnn' && row.rotations === row.images);
  const plain = bestOnValidation(plains);
  return { equivariant, finer, plain, ensemble: plains.filter((row) => row.images === plain?.images) };
}

/** The one with the best score on rotated validation spheres; undefined of none. */
export function bestOnValidation(rows: readonly ResultRow[]): ResultRow | undefined {
  return [...rows].sort((a, b) => b.validationRotated - a.validationRotated)[0];
}
