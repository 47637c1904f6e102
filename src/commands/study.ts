import type { Digits } from '../datasets/digits';
import type { Experiment } from '../experiments/experiment';
import { gridOf } from '../experiments/grid';
import type { StoredResult } from '../results/format';
import { makeWritable } from '../util/files';
import type { StudyChoice } from './choice';
import type { Context, Values } from './command';
import { getDigits } from './digits';
import { runInJobs } from './jobs';

export interface StudyOptions {
  /** keeps some of the tier's experiments */
  select?: (experiments: Experiment[]) => Experiment[];
  /** called whenever a result is there, with all that are asked for */
  onResult?: (experiments: readonly Experiment[]) => void;
}

/** Gets the digits, and runs what `select` keeps of the tier's experiments. */
export async function runStudy(
  { tier, parts, folders, machine }: StudyChoice,
  values: Values,
  context: Context,
  { select = (all) => all, onResult }: StudyOptions = {},
): Promise<StoredResult[]> {
  makeWritable(folders.results);
  const main = await getDigits(values, context);
  const experiments = select(gridOf(tier, { dataset: main.name, ...parts }));
  const digits = [main, ...(await otherDigits(experiments, main, values, context))];
  const { sideBySide } = tier;
  return runInJobs(
    { experiments, sideBySide, digits, folders, machine, onResult: () => onResult?.(experiments) },
    context,
  );
}

/** The data sets that single parts of a tier name. */
async function otherDigits(
  experiments: readonly Experiment[],
  main: Digits,
  values: Values,
  context: Context,
): Promise<Digits[]> {
  const names = new Set(experiments.map((e) => e.dataset).filter((name) => name !== main.name));
  const digits: Digits[] = [];
  for (const name of names) digits.push(await getDigits({ ...values, dataset: name }, context));
  return digits;
}
