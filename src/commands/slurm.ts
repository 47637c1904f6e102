import { dirname, join } from 'node:path';
import { describeExperiment, type Experiment, experimentId } from '../experiments/experiment';
import { withLock } from '../running/lock';
import { scriptOf } from '../running/slurm';
import { isOpen, standings } from '../running/standing';
import { submitArray } from '../running/task_arrays';
import { runFolder } from '../running/trained';
import { check } from '../util/check';
import { makeWritable, repositoryRoot } from '../util/files';
import { wordOf } from './arguments';
import type { StudyChoice } from './choice';
import type { Context, Values } from './command';
import { gatherStudy, type StudyOptions } from './run_study';
import { resourcesOf } from './slurm_resources';
import { countsOf, placesOf } from './standings';

/** Submits those experiments of a tier that are not finished and that nobody is at, as one job array. */
export async function submitStudy(
  choice: StudyChoice,
  values: Values,
  context: Context,
  select: StudyOptions['select'],
): Promise<void> {
  const { log } = context.status;
  makeWritable(choice.folders.slurm);
  // Here, where a download is possible: on the nodes it often is not.
  const { experiments, digits } = await gatherStudy(choice, values, context, select);
  const { slurm } = choice.folders;
  await withLock(join(slurm, 'submitting.lock'), async () => {
    const found = standings(experiments, placesOf(choice));
    log(`experiments: ${countsOf(found)}`);
    const open = found.filter(isOpen).map(({ experiment }) => experiment);
    if (open.length === 0) return log('nothing to submit');
    const named = { ...choice, dataset: digits[0].name };
    const { job, folder } = submitArray(slurm, (...place) => scriptFor(open, named, values, ...place));
    log(`submitted ${open.length} of them as job ${job}; logs go to ${folder}`);
  });
}

/** The script that would be submitted; the digits are taken for those that were asked for. */
export function dryScript(choice: StudyChoice, values: Values, experiments: readonly Experiment[]): string {
  const open = standings(experiments, placesOf(choice)).filter(isOpen);
  check(open.length > 0, 'nothing to submit: all is finished, under way, or in the queue');
  const name = 'equisphere-dry-run';
  return scriptFor(
    open.map(({ experiment }) => experiment),
    choice,
    values,
    name,
    join(choice.folders.slurm, name),
  );
}

/** @param name of the array, whose logs go to `folder` */
function scriptFor(
  open: readonly Experiment[],
  choice: StudyChoice,
  values: Values,
  name: string,
  folder: string,
): string {
  const { tier, dataset, folders, machine } = choice;
  const given = ['seeds', 'engine'].flatMap((option) => {
    const word = wordOf(values[option]);
    return word ? [`--${option}`, word] : [];
  });
  return scriptOf({
    name,
    experiments: open.map((e) => ({ id: experimentId(e), about: describeExperiment(e) })),
    atOnce: machine.jobs,
    resources: resourcesOf(open, choice, values),
    command: [
      ...[process.execPath, join(repositoryRoot, 'bin', 'equisphere.cjs')],
      ...['sweep', '--tier', tier.name, '--dataset', dataset, '--offline', '--out', folders.out],
      ...[...given, '--leave', '--jobs', '1', '--ids'],
    ],
    directory: repositoryRoot,
    folder,
    kept: dirname(runFolder(folders.runs, 'any')),
  });
}
