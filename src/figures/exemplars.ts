import { bestOnValidation } from '../analysis/contestants';
import { selectStudy, type TaskChoice } from '../analysis/selection';
import type { ResultRow } from '../results/rows';
import { extent } from '../util/extent';
import { isCompared } from './charts/equivariance_versus_augmentation';

/**
 * The experiments of the first seed that stand for a study: the S2CNN, the smallest CNN with most rotated images, of
 * those with as many the one that validates best, and the largest CNN that was trained on unrotated ones, with most.
 */
export function exemplars(rows: readonly ResultRow[], choice: TaskChoice): ResultRow[] {
  const study = selectStudy(rows, choice).filter(
    (row) => row.run === undefined && (isCompared(row) || row.rotations === 0),
  );
  const [seed] = extent(study.map((row) => row.seed));
  const bySize = study.filter((row) => row.seed === seed).sort((a, b) => a.parameters - b.parameters);
  const most = (candidates: ResultRow[]) =>
    candidates.reduce<ResultRow | undefined>(
      (best, row) => (best && best.images >= row.images ? best : row),
      undefined,
    );
  const of = (model: string | undefined, rotated: boolean) =>
    most(bySize.filter((row) => row.model === model && row.rotations > 0 === rotated));
  const plain = bySize.filter((row) => row.family === 'cnn');
  const large = plain.filter((row) => row.rotations === 0).pop()?.model;
  const equivariant = bySize.filter((row) => row.family === 's2cnn').pop()?.model;
  const rotated = plain.filter((row) => row.rotations > 0);
  const [, largest] = extent(rotated.map((row) => row.images));
  const best = bestOnValidation(rotated.filter((row) => row.images === largest));
  const chosen = [of(equivariant, false), of(plain[0]?.model, true), best, of(large, false)];
  return [...new Set(chosen.filter((row) => row !== undefined))] as ResultRow[];
}

/** The networks of a family, from small to large: in this order all figures of a study colour them. */
export function modelsBySize(rows: readonly ResultRow[], choice: TaskChoice, family: string): string[] {
  const own = selectStudy(rows, choice).filter((row) => row.family === family && !row.variant);
  return [...new Set(own.sort((a, b) => a.parameters - b.parameters).map((row) => row.model))];
}
