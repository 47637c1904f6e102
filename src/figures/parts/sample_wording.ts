import type { SampleSet } from '../../results/rows';
import { extent } from '../../util/extent';
import { compactCount } from './numbers';
import type { SphereView } from './panels';
import { capitalised, modelLabel, provenance, thingsOf } from './wording';

/** How the spheres are drawn, in words. */
export function viewNote(view: SphereView): string {
  return view === 'grid'
    ? 'The grid: polar angle downwards, azimuth to the right'
    : 'The half of the sphere that holds the image, seen from its centre';
}

/** Where the spheres come from, and that none was picked. */
export function samplesNote({ result }: SampleSet, count: number): string {
  return provenance([result], `the first ${count} rotated test spheres`);
}

/**
 * How many answers of each family are right, in a sentence.
 * @param right answers of each set
 */
export function rightAnswers(sets: readonly SampleSet[], right: readonly number[], count: number): string {
  const of = (family: string) => right.filter((_, i) => sets[i].result.family === family);
  const range = (numbers: number[]) => {
    const [least, most] = extent(numbers);
    return least === most ? String(least) : `${least} to ${most}`;
  };
  const [own, plain] = [of('s2cnn'), of('cnn')];
  const things = `of ${count} turned ${thingsOf(sets[0].result)}`;
  const cnns = plain.length > 1 ? 'CNNs' : 'the CNN';
  if (own.length === 0) return `${capitalised(cnns)}: ${range(plain)} ${things} right`;
  const s2cnn = `The S2CNN gets ${range(own)} ${things} right`;
  return plain.length > 0 ? `${s2cnn}, ${cnns} ${range(plain)}` : s2cnn;
}

/** What the classes are. */
export function classWord({ result }: SampleSet): string {
  return result.dataset === 'fashion-mnist' ? 'class' : 'digit';
}

const garments =
  '0 T-shirt, 1 trousers, 2 pullover, 3 dress, 4 coat, 5 sandal, 6 shirt, 7 sneaker, 8 bag, 9 ankle boot';

/** What the classes show, as lines of a subtitle; none where they are digits. */
export function classNotes({ result }: SampleSet): string[] {
  return result.dataset === 'fashion-mnist' ? [garments] : [];
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
