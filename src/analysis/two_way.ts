import type { ResultRow } from '../results/rows';
import { check, checkNumber, checkPositive } from '../util/check';
import { mean } from '../util/mean';
import { checkSameNumbers, studyKeys } from './selection';

/** A score at a number of images and a number of distinct rotations. */
export interface GridScore {
  images: number;
  rotations: number;
  score: number;
}

/**
 * Of CNNs that were trained on numbers of images with fewer rotations than images: all rotated trainings on as many.
 * @throws UsageError if they mix versions of the numbers
 */
export function imagesWithRotations(rows: readonly ResultRow[]): ResultRow[] {
  const rotated = rows.filter((row) => row.family === 'cnn' && row.rotations > 0 && !row.variant);
  const groupOf = (row: ResultRow) =>
    [...studyKeys, 'task' as const, 'model' as const, 'images' as const].map((key) => row[key]).join();
  const groups = new Set(rotated.filter((row) => row.rotations < row.images).map(groupOf));
  const chosen = rotated.filter((row) => groups.has(groupOf(row)));
  checkSameNumbers(chosen);
  return chosen;
}

/** Mean scores over two factors, images down and rotations across, and what each factor does by itself. */
export interface TwoWayTable {
  images: number[];
  rotations: number[];
  /** Mean score, [images][rotations]; null where nothing was run. */
  cells: (number | null)[][];
  mean: number;
  /** What each number of images, and each number of rotations, adds to the mean; each sums to 0. */
  imageEffects: number[];
  rotationEffects: number[];
  /** Root of the mean squared distance of the scores from mean + effects: what the sum of both does not explain. */
  residual: number;
}

/**
 * Least squares of score = mean + effect of images + effect of rotations. The grid may have holes (there are no more
 * rotations than images), so the effects are not the margins' means, but found in turn until they stand still.
 * @throws UsageError without scores, for one that is no number, or if the cells fall into parts that no row or column ties together
 */
export function twoWayTable(scores: readonly GridScore[]): TwoWayTable {
  check(scores.length > 0, 'twoWayTable: expected scores, got none');
  for (const one of scores) {
    checkPositive('twoWayTable: images', one.images);
    checkNumber('twoWayTable: rotations', one.rotations, 'of at least 0', (count) => count >= 0);
    checkNumber('twoWayTable: score', one.score, 'in percent');
  }
  const images = sortedUnique(scores.map((one) => one.images));
  const rotations = sortedUnique(scores.map((one) => one.rotations));
  const placed = scores.map((one) => ({
    row: images.indexOf(one.images),
    column: rotations.indexOf(one.rotations),
    score: one.score,
  }));
  check(isTied(placed), 'twoWayTable: the cells fall apart: no row or column ties them together');
  const { rows, columns } = effectsOf(placed, images.length, rotations.length);
  const residuals = placed.map(({ row, column, score }) => (score - rows[row] - columns[column]) ** 2);
  const [rowMean, columnMean] = [mean(rows), mean(columns)];
  return {
    images,
    rotations,
    cells: images.map((_, i) =>
      rotations.map((_, j) => {
        const here = placed.filter((p) => p.row === i && p.column === j).map((p) => p.score);
        return here.length > 0 ? mean(here) : null;
      }),
    ),
    mean: rowMean + columnMean,
    imageEffects: rows.map((effect) => effect - rowMean),
    rotationEffects: columns.map((effect) => effect - columnMean),
    residual: Math.sqrt(mean(residuals)),
  };
}

interface Placed {
  row: number;
  column: number;
  score: number;
}

/** Effects of rows and columns in turn, each the mean of what the other leaves. */
function effectsOf(placed: readonly Placed[], rowCount: number, columnCount: number) {
  const [rows, columns] = [Array<number>(rowCount).fill(0), Array<number>(columnCount).fill(0)];
  for (let round = 0; round < 500; round++) {
    rows.forEach((_, i) => {
      rows[i] = mean(placed.filter((p) => p.row === i).map((p) => p.score - columns[p.column]));
    });
    columns.forEach((_, j) => {
      columns[j] = mean(placed.filter((p) => p.column === j).map((p) => p.score - rows[p.row]));
    });
  }
  return { rows, columns };
}

/** Whether every cell is reached from the first one along rows and columns. */
function isTied(cells: readonly { row: number; column: number }[]): boolean {
  const reached = new Set([cells[0]]);
  for (const one of reached)
    for (const other of cells) if (other.row === one.row || other.column === one.column) reached.add(other);
  return reached.size === cells.length;
}

function sortedUnique(values: number[]): number[] {
  return [...new Set(values)].sort((a, b) => a - b);
}
