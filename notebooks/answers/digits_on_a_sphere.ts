/** Answers to the exercises of 02-digits-on-a-sphere, as they stand in it. */
import * as es from '../../src/index';

/** How far from the south pole a corner of the image would lie, in degrees. */
export function cornerAngle(): number {
  const q = (theta: number) => (2.001 * Math.sin(theta)) / (1.001 + Math.cos(theta));
  let [low, high] = [0, 3];
  while (high - low > 1e-9) {
    const middle = (low + high) / 2;
    if (q(middle) < 1.5 * Math.SQRT2) low = middle;
    else high = middle;
  }
  return (180 * low) / Math.PI;
}

export function atBandwidths(image: Uint8Array) {
  return [4, 8, 16, 32].map((bandwidth) => ({
    caption: `bandwidth ${bandwidth}`,
    values: es.projectToSphere(image, { bandwidth }),
    view: es.lessons.southernView,
  }));
}

/** Rz(180 degrees) Ry(90 degrees): alpha moves the upright 2 along the equator. */
export function uprightAtAzimuthZero(): es.Rotation {
  return es.rotationZYZ(Math.PI, Math.PI / 2, 0);
}

/** The largest change, in greys, where alpha is no whole number of columns. */
export function shiftError(image: Uint8Array, columns: number): number {
  const [b, size] = [16, 32];
  const turned = (alpha: number) => {
    const rotation = es.inverse(es.rotationZYZ(alpha, Math.PI / 2, 0));
    return es.projectToSphere(image, { bandwidth: b, rotation });
  };
  const [start, moved] = [turned(0), turned((columns * Math.PI) / b)];
  const shift = Math.round(columns);
  const changes = start.map((value, i) => {
    const to = i - (i % size) + ((i + shift) % size);
    return Math.abs(value - moved[to]);
  });
  return Math.max(...changes);
}

/** The mean of cos^2 beta over the sphere, by the quadrature of bandwidth b. */
export function meanOfSquare(b: number): number {
  const rows = 2 * b;
  const squares = es.betas(b).map((beta) => Math.cos(beta) ** 2);
  return es.quadratureWeights(b).reduce((sum, w, j) => sum + rows * rows * w * squares[j], 0);
}

/** A uniformly random axis a, and a uniformly random angle about it (Rodrigues' formula). */
export function aboutRandomAxis(random: es.Random): es.Rotation {
  const [z, azimuth] = [random.uniform(-1, 1), random.uniform(0, 2 * Math.PI)];
  const r = Math.sqrt(1 - z * z);
  const a = [r * Math.cos(azimuth), r * Math.sin(azimuth), z];
  const angle = random.uniform(0, 2 * Math.PI);
  const [c, s] = [Math.cos(angle), Math.sin(angle)];
  const cross = [0, -a[2], a[1], a[2], 0, -a[0], -a[1], a[0], 0];
  return Float64Array.from(cross, (entry, i) => {
    const [row, column] = [Math.floor(i / 3), i % 3];
    return (row === column ? c : 0) + s * entry + (1 - c) * a[row] * a[column];
  });
}

/** The share of all points where "background" is right. */
export function backgroundShare(digits: es.ImageSet): number {
  const { masks } = es.sphericalDataset({ digits, bandwidth: 16, images: 500, seed: 1 });
  return masks.filter((label) => label === 0).length / masks.length;
}

/** Of spheres with four digits: the share where all four differ. */
export function allDifferent(digits: es.ImageSet, images: number): number {
  const recipe = { digits, bandwidth: 16, images, rotations: 0, digitsPerSphere: 4, seed: 1 };
  const { masks } = es.sphericalDataset(recipe);
  const points = masks.length / images;
  const classes = (i: number) => new Set(masks.subarray(i * points, (i + 1) * points));
  return Array.from({ length: images }, (_, i) => classes(i)).filter((c) => c.size === 5).length / images;
}

/** For each of the ten classes: the mean share of the sphere that its masks cover. */
export function areaByClass(images: es.ImageSet): number[] {
  const { labels, masks } = es.sphericalDataset({ digits: images, bandwidth: 16, images: 500, seed: 1 });
  const shares = es.lessons.digitShares(masks, 32);
  return Array.from({ length: 10 }, (_, label) => {
    const own = shares.filter((_, i) => labels[i] === label);
    return own.reduce((sum, { area }) => sum + area / own.length, 0);
  });
}

/** The first bandwidth whose grid, correct in itself, meets the image near the north pole. */
export function firstBandwidthAtPole(): number {
  const meets = (b: number) => {
    const beta = Math.PI / (4 * b);
    return (2.001 * Math.sin(beta)) / (1.001 - Math.cos(beta)) < 1.5;
  };
  let b = 1;
  while (!meets(b)) b++;
  return b;
}
