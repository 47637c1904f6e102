import { datasetTitle } from '../../datasets/title';
import type { SampleSet } from '../../results/rows';
import { compactCount } from './numbers';
import type { SphereView } from './panels';
import { modelLabel } from './wording';

/** How the spheres are drawn, in words. */
export function viewNote(view: SphereView): string {
  return view === 'grid'
    ? 'The grid: polar angle downwards, azimuth to the right'
    : 'The half of the sphere that holds the image, seen from its centre';
}

/** Where the spheres come from, and that none was picked. */
export function samplesNote({ result }: SampleSet, count: number): string {
  return `${datasetTitle(result.dataset)} · ${result.tier} tier · the first ${count} rotated test spheres`;
}

/** What the classes are. */
export function classWord({ result }: SampleSet): string {
  return result.dataset === 'fashion-mnist' ? 'class' : 'digit';
}

/** A network and what it was trained with, two lines. */
export function networkLines({ result }: SampleSet): [string, string] {
  const data = `${compactCount(result.images)} ${result.rotations > 0 ? 'rotated' : 'unrotated'}`;
  return [modelLabel(result), data];
}

/** Sample number `i` of an array [count, size, size]. */
export function sphereOf(values: Uint8Array, i: number, size: number): Uint8Array {
  return values.subarray(i * size * size, (i + 1) * size * size);
}
