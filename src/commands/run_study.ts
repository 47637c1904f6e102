import type { Digits } from '../datasets/digits';
import type { Experiment } from '../experiments/experiment';
import { gridOf } from '../experiments/grid';
import type { StoredResult } from '../results/format';
import { checkWritable } from '../util/files';
import type { StudyChoice } from './choice';
import type { Context, Values } from './command';
import { getDigits } from './digits';
import { runInJobs } from './jobs';

export interface StudyOptions {
  /** keeps some of the tier's experiments */
  select?: (experiments: Experiment[]) => Experiment[];
  /** leave what other processes are at to them */
  leave?: boolean;
  /** called whenever a result is there, with all that are asked for */
  onResult?: (experiments: readonly Experiment[]) => void;
}

/** Gets the digits, and runs what `select` keeps of the tier's experiments. */
export async function runStudy(
  choice: StudyChoice,
  values: Values,
  context: Context,
  { select, leave, onResult }: StudyOptions = {},
): Promise<StoredResult[]> {
  const { folders, machine } = choice;
  for (const folder of [folders.results, folders.runs]) checkWritable(folder);
  const { experiments, digits } = await gatherStudy(choice, values, context, select);
  const { sideBySide } = choice.tier;
  return runInJobs(
    { experiments, sideBySide, digits, folders, machine, leave, onResult: () => onResult?.(experiments) },
    context,
  );
}

/** Gets the digits, the main ones first, and what `select` keeps of the tier's experiments with them. */
export async function gatherStudy(
  { tier, parts }: StudyChoice,
  values: Values,
  context: Context,
  select: StudyOptions['select'] = (all) => all,
): Promise<{ experiments: Experiment[]; digits: Digits[] }> {
  const main = await getDigits(values, context, tier.glyphs);
  const experiments = select(gridOf(tier, { dataset: main.name, ...parts }));
  return { experiments, digits: [main, ...(await otherDigits(experiments, main, values, context))] };
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
