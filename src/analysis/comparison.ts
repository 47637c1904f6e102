import type { ResultRow } from '../results/rows';

/** One's own result beside the published one of the same experiment; scores on rotated spheres in percent. */
export interface ComparedRow {
  task: string;
  model: string;
  images: number;
  rotations: number;
  seed: number;
  yours: number;
  ours: number;
  difference: number;
  /** whether the difference is no more than the spread; undefined where that is not known */
  inside?: boolean;
  /** the same in every bit of both scores: as on the same engine */
  equal: boolean;
}

export interface Comparison {
  rows: ComparedRow[];
  /** largest difference that counts as the same result, in points, for each task */
  spread: Record<string, number>;
  /** one line */
  verdict: string;
}

/** Differences beyond so many standard deviations are called outside. */
const WIDTH = 3;

/**
 * The largest difference of a score that another processor or library may make, for each task: three times the root mean
 * square of the differences between two computations of the same experiments. A task of which none was computed twice is
 * left out: its spread is not known.
 * @param rows published
 * @param again the same experiments, computed on another kind of processor
 */
export function spreadOfRepeats(
  rows: readonly ResultRow[],
  again: readonly ResultRow[],
): Record<string, number> {
  const pairs = pairsOf(again, rows);
  const tasks = [...new Set(pairs.map(([row]) => row.task))];
  return Object.fromEntries(
    tasks.map((task) => {
      const squares = pairs
        .filter(([row]) => row.task === task)
        .map(([a, b]) => (a.scoreRotated - b.scoreRotated) ** 2);
      return [task, WIDTH * Math.sqrt(squares.reduce((sum, s) => sum + s, 0) / squares.length)];
    }),
  );
}

/**
 * Holds one's own results against the published ones of the same experiments.
 * @param spread of each task, as spreadOfRepeats gives it
 */
export function compareResults(
  own: readonly ResultRow[],
  published: readonly ResultRow[],
  spread: Record<string, number>,
): Comparison {
  const rows = pairsOf(own, published).map(([yours, ours]): ComparedRow => {
    const { task, model, images, rotations, seed } = yours;
    const difference = yours.scoreRotated - ours.scoreRotated;
    return {
      ...{ task, model, images, rotations, seed, difference },
      yours: yours.scoreRotated,
      ours: ours.scoreRotated,
      ...(spread[task] === undefined ? {} : { inside: Math.abs(difference) <= spread[task] }),
      equal: difference === 0 && yours.scoreUnrotated === ours.scoreUnrotated,
    };
  });
  return { rows, spread, verdict: verdictOf(rows, own.length) };
}

/** Results of the same experiment, by id, with numbers of the same version. */
function pairsOf(a: readonly ResultRow[], b: readonly ResultRow[]): [ResultRow, ResultRow][] {
  const others = new Map(b.map((row) => [`${row.id} ${row.numbers}`, row]));
  return a.flatMap((row): [ResultRow, ResultRow][] => {
    const other = others.get(`${row.id} ${row.numbers}`);
    return other ? [[row, other]] : [];
  });
}

function verdictOf(rows: readonly ComparedRow[], own: number): string {
  if (rows.length === 0) return 'none of these experiments is published: there is nothing to compare with';
  const known = rows.filter((row) => row.inside !== undefined);
  const [inside, equal] = [known.filter((row) => row.inside).length, rows.filter((row) => row.equal).length];
  const worst = rows.reduce((max, row) => Math.max(max, Math.abs(row.difference)), 0);
  const unknown = rows.length - known.length;
  const parts = [
    ...(known.length > 0 ? [`${inside} of ${known.length} inside the spread`] : []),
    `${equal} of ${rows.length} equal in every bit`,
    `largest difference ${worst.toFixed(1)} points`,
    ...(unknown > 0 ? [`how far ${unknown} of them may differ is not known`] : []),
    ...(own > rows.length ? [`${own - rows.length} more are not published`] : []),
  ];
  const finding = inside < known.length ? 'not all reproduced' : known.length > 0 ? 'reproduced' : 'compared';
  return `${finding}: ${parts.join(', ')}`;
}
