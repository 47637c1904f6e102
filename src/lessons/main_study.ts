import { bestOnValidation } from '../analysis/contestants';
import { type Choice, studiesOf } from '../analysis/selection';
import type { ResultRow, SampleSet } from '../results/rows';
import { check } from '../util/check';

/** A study without its task: what both tasks share. */
export type Study = Omit<Required<Choice>, 'task'>;

/**
 * The study that the most experiments belong to; of real images if there are any, built-in glyphs else.
 * @throws UsageError if there are no results
 */
export function mainStudy(rows: readonly ResultRow[]): Study {
  check(rows.length > 0, 'no finished experiment yet: `npm run reproduce` makes some');
  const studies = studiesOf(rows).map(({ task: _task, ...study }) => study as Study);
  const isReal = ({ dataset }: Study) => Number(dataset !== 'glyphs');
  const size = (study: Study) => rowsOf(rows, study).length + isReal(study) * rows.length;
  return studies.reduce((best, study) => (size(study) > size(best) ? study : best));
}

/** The rows of a study, or of one of its tasks. */
export function rowsOf(rows: readonly ResultRow[], study: Study, task?: string): ResultRow[] {
  const choice = Object.entries({ ...study, ...(task ? { task } : {}) });
  return rows.filter((row) => choice.every(([key, value]) => row[key as keyof Choice] === value));
}

/**
 * What three networks of a study made of the test spheres: the S2CNN trained without rotations, a CNN trained with one for
 * each image and one without, of each kind the one that validates best on rotated spheres.
 */
export function sampleSets(sets: readonly SampleSet[], study: Study, task: string): SampleSet[] {
  const results = sets.map((set) => set.result);
  const rows = rowsOf(results, study, task);
  const best = (family: string, isRotated: boolean) =>
    bestOnValidation(
      rows.filter((row) => row.family === family && row.rotations === (isRotated ? row.images : 0)),
    );
  const chosen = [best('s2cnn', false), best('cnn', true), best('cnn', false)];
  return chosen.flatMap((row) => sets.filter((set) => set.result === row));
}
