/** The scores at each n: their mean and their number. */
interface Means {
  score: Float64Array;
  count: Float64Array;
}

/** A score base + gain rise. */
interface Line {
  base: number;
  gain: number;
  /** Sum of the squared distances of the means, each counted as often as it has scores. */
  error: number;
}

/** @param place for each score the number of its n, below `size` */
export function meansOf(scores: ArrayLike<number>, place: readonly number[], size: number): Means {
  const [score, count] = [new Float64Array(size), new Float64Array(size)];
  for (let i = 0; i < scores.length; i++) {
    score[place[i]] += scores[i];
    count[place[i]]++;
  }
  return { score: score.map((sum, k) => sum / count[k]), count };
}

/**
 * The best base and gain with base >= 0, gain >= 0 and base + gain <= 100. The error is a convex square form, so that
 * the best point is the free one, or lies on an edge of that triangle.
 */
export function boundedLine(rises: readonly number[], means: Means): Line {
  const free = freeFit(rises, means);
  if (free.base >= 0 && free.gain >= 0 && free.base + free.gain <= 100) return free;
  const edges = [
    onEdge([0, 0], [0, 1], rises, means),
    onEdge([0, 0], [1, 0], rises, means),
    onEdge([100, 0], [-1, 1], rises, means),
  ];
  return edges.reduce((best, edge) => (edge.error < best.error ? edge : best));
}

function freeFit(rises: readonly number[], { score, count }: Means): Line {
  let [n, r, s] = [0, 0, 0];
  for (let k = 0; k < rises.length; k++) {
    n += count[k];
    r += count[k] * rises[k];
    s += count[k] * score[k];
  }
  let [rr, rs] = [0, 0];
  for (let k = 0; k < rises.length; k++) {
    const d = rises[k] - r / n;
    rr += count[k] * d * d;
    rs += count[k] * d * score[k];
  }
  const gain = rs / rr;
  return withError((s - gain * r) / n, gain, rises, { score, count });
}

/** The best of the points from + t along, 0 <= t <= 100; each is [base, gain]. */
function onEdge(from: number[], along: number[], rises: readonly number[], means: Means): Line {
  let [dd, ds] = [0, 0];
  for (let k = 0; k < rises.length; k++) {
    const d = along[0] + along[1] * rises[k];
    dd += means.count[k] * d * d;
    ds += means.count[k] * d * (means.score[k] - from[0] - from[1] * rises[k]);
  }
  const t = Math.min(100, Math.max(0, ds / dd));
  return withError(from[0] + t * along[0], from[1] + t * along[1], rises, means);
}

function withError(base: number, gain: number, rises: readonly number[], { score, count }: Means): Line {
  let error = 0;
  for (let k = 0; k < rises.length; k++) error += count[k] * (score[k] - base - gain * rises[k]) ** 2;
  return { base, gain, error };
}
