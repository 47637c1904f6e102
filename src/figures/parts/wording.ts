import { scoreName, type Task } from '../../datasets/task';
import { datasetTitle } from '../../datasets/title';
import type { ResultRow } from '../../results/rows';
import { fullCount, networkSize } from './numbers';

/** "Segmentation" or "Classification". */
export function taskTitle(task: string): string {
  return task[0].toUpperCase() + task.slice(1);
}

/** The measure as the title of an axis. */
export function scoreAxisTitle(task: Task, testSet = 'rotated test spheres'): string {
  const name = scoreName(task);
  return `${name[0].toUpperCase()}${name.slice(1)}, ${testSet} (%)`;
}

/** A network by its family and size: "CNN 218k". */
export function modelLabel({
  family,
  parameters,
  run,
}: Pick<ResultRow, 'family' | 'parameters' | 'run'>): string {
  return `${family === 's2cnn' ? 'S2CNN' : 'CNN'} ${networkSize(parameters)}${run ? ` (${run})` : ''}`;
}

/** Where rows come from: data set, tier, bandwidth, tests, and the generator if it is not the default one. */
export function provenance(
  rows: readonly ResultRow[],
  scoredOn = `${fullCount(rows[0].testImages)} test spheres`,
): string {
  const { tier, bandwidth, digitsPerSphere, fidelity, variant } = rows[0];
  const sources = [...new Set(rows.map((row) => datasetTitle(row.dataset)))].join(', ');
  const parts = [sources, `${tier} tier`, `bandwidth ${bandwidth}`, scoredOn];
  if (digitsPerSphere > 1) parts.push(`${digitsPerSphere} digits a sphere`);
  if (variant) parts.push(variant);
  if (fidelity !== 'corrected') parts.push(`${fidelity} data generator`);
  return parts.join(' · ');
}

/** What the error bars mean. */
export function seedsNote(seeds: number, what = 'Bars'): string {
  return seeds > 1 ? `${what}: range over ${seeds} seeds` : 'One seed: no error bars';
}
