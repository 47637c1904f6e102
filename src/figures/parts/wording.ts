import type { Spread } from '../../analysis/summary';
import { scoreName, type Task } from '../../datasets/task';
import { datasetTitle } from '../../datasets/title';
import type { ResultRow } from '../../results/rows';
import { extent } from '../../util/extent';
import type { Trained } from './marks';
import { compactCount, fullCount, networkSize } from './numbers';

export function capitalised(text: string): string {
  return text[0].toUpperCase() + text.slice(1);
}

/** "Segmentation" or "Classification". */
export const taskTitle: (task: string) => string = capitalised;

/** The measure as the title of an axis. */
export function scoreAxisTitle(task: Task, testSet = 'rotated test spheres'): string {
  return `${capitalised(scoreName(task))}, ${testSet} (%)`;
}

/** A network by its family and size: "CNN 218k". */
export function modelLabel({
  family,
  parameters,
  run,
  variant,
}: Pick<ResultRow, 'family' | 'parameters' | 'run' | 'variant'>): string {
  const mark = [run, variant].filter(Boolean).join(', ');
  return `${family === 's2cnn' ? 'S2CNN' : 'CNN'} ${networkSize(parameters)}${mark ? ` (${mark})` : ''}`;
}

type Study = Pick<
  ResultRow,
  'task' | 'dataset' | 'digitsPerSphere' | 'tier' | 'bandwidth' | 'testImages' | 'fidelity'
>;

/** What the training images show: "digits"; "spheres" where one shows several. */
export function thingsOf({ dataset, digitsPerSphere }: Pick<Study, 'dataset' | 'digitsPerSphere'>): string {
  if (digitsPerSphere > 1) return 'spheres';
  if (dataset === 'fashion-mnist') return 'garments';
  return dataset === 'glyphs' ? 'drawn digits' : 'digits';
}

/** The data set with the number of digits on a sphere: "MNIST, 4 digits a sphere". */
export function dataTitle({ dataset, digitsPerSphere }: Pick<Study, 'dataset' | 'digitsPerSphere'>): string {
  return `${datasetTitle(dataset)}${digitsPerSphere > 1 ? `, ${digitsPerSphere} digits a sphere` : ''}`;
}

/** Where rows come from: task, data set, tier, bandwidth, tests, and the generator if it is not the default one. */
export function provenance(
  rows: readonly Study[],
  scoredOn = `${fullCount(rows[0].testImages)} test spheres`,
): string {
  const { task, tier, bandwidth, fidelity } = rows[0];
  const sources = [...new Set(rows.map(dataTitle))].join(', ');
  const parts = [taskTitle(task), sources, `${tier} tier`, `bandwidth ${bandwidth}`, scoredOn];
  if (fidelity !== 'corrected') parts.push(`${fidelity} data generator`);
  return parts.join(' · ');
}

/** What the error bars mean. @param points each with the seeds that it is the mean of */
export function seedsNote(points: readonly { seeds: readonly number[] }[], what = 'Bars'): string {
  const [fewest, most] = extent(points.map(({ seeds }) => seeds.length));
  if (most <= 1) return 'One seed: no error bars';
  return `${what}: range over ${fewest < most ? `${fewest} to ` : ''}${most} seeds`;
}

/** What hollow markers mean, and how many there are. */
export function convergenceNote(points: readonly Trained[]): string {
  const known = points.filter(({ converged }) => converged !== undefined);
  const hollow = known.filter(({ converged }) => !converged).length;
  if (hollow === 0) return known.length > 0 ? 'All converged' : '';
  return `Hollow: not converged, ${hollow} of ${known.length}`;
}

/** How many spheres the CNNs' trainings saw, where some had more images than that; empty otherwise. */
export function seenNote(points: readonly { images: number; spheres: Spread }[]): string {
  const [, most] = extent(points.map(({ spheres }) => spheres.high));
  return points.some(({ images }) => images > most) ? `CNNs saw at most ${compactCount(most)} spheres` : '';
}

/** Parts of a line below a title, those left out that are empty. */
export function noteOf(...parts: string[]): string {
  return parts.filter(Boolean).join(' · ');
}
