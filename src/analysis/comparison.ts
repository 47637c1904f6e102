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
  /** whether it is equal, or the difference is no more than the spread; undefined where that is not known */
  inside?: boolean;
  /** the same in every bit of both scores as one of our computations: as on the same kernels */
  equal: boolean;
}

export interface Comparison {
  rows: ComparedRow[];
  /** one line */
  verdict: string;
}

/**
 * Differences beyond so many standard deviations are called outside: of the 44 experiments of the quick tier one by chance
 * in three hundred reproductions, were the differences normal. They have heavier tails.
 */
const WIDTH = 4;

/** The scale on which a score in percent moves: the binomial deviation, without the number of samples. */
const scaleOf = (score: number) => Math.sqrt(score * (100 - score));

/**
 * How far apart another processor or library may set a score, for each task: the root mean square of the differences
 * between two computations of the same experiments, each on the scale of its score. A task of which none was computed
 * twice is left out: its spread is not known.
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
      const squares = pairs.filter(([row]) => row.task === task).map((pair) => onScale(pair) ** 2);
      return [task, Math.sqrt(squares.reduce((sum, s) => sum + s, 0) / squares.length)];
    }),
  );
}

function onScale([a, b]: [ResultRow, ResultRow]): number {
  const difference = a.scoreRotated - b.scoreRotated;
  return difference === 0 ? 0 : difference / scaleOf((a.scoreRotated + b.scoreRotated) / 2);
}

/**
 * Holds one's own results against the published ones of the same experiments.
 * @param again the published experiments, computed once more on another kind of processor
 */
export function compareResults(
  own: readonly ResultRow[],
  published: readonly ResultRow[],
  again: readonly ResultRow[] = [],
): Comparison {
  const spread = spreadOfRepeats(published, again);
  const repeats = pairsOf(own, again);
  const rows = pairsOf(own, published).map((pair): ComparedRow => {
    const [yours, ours] = pair;
    const { task, model, images, rotations, seed } = yours;
    const repeat = repeats.find(([one]) => one === yours)?.[1];
    const equal = isEqual(yours, ours) || (repeat !== undefined && isEqual(yours, repeat));
    return {
      ...{ task, model, images, rotations, seed, equal },
      yours: yours.scoreRotated,
      ours: ours.scoreRotated,
      difference: yours.scoreRotated - ours.scoreRotated,
      ...(task in spread ? { inside: equal || Math.abs(onScale(pair)) <= WIDTH * spread[task] } : {}),
    };
  });
  return { rows, verdict: verdictOf(rows, own.length) };
}

function isEqual(a: ResultRow, b: ResultRow): boolean {
  return a.scoreRotated === b.scoreRotated && a.scoreUnrotated === b.scoreUnrotated;
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
