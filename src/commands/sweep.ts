import { resultsTable } from '../analysis/table';
import { describeExperiment, type Experiment, experimentId } from '../experiments/experiment';
import { gridOf } from '../experiments/grid';
import { openStore } from '../results/store';
import { Estimate } from '../running/estimate';
import { unfinished } from '../running/sweep';
import { check } from '../util/check';
import { formatSeconds } from '../util/duration';
import { listOf, wordOf } from './arguments';
import { choiceOf, choiceOptions, type StudyChoice, tiersHelp } from './choice';
import type { Command, Context, Values } from './command';
import { runStudy } from './run_study';
import { dryScript, submitStudy } from './slurm';
import { isOnSlurm, slurmOptions } from './slurm_resources';
import { standingsTable } from './standings';

export const command: Command = {
  name: 'sweep',
  about: 'train the experiments of a tier, or a share of them',
  help: [
    'As reproduce, without figures and notebooks. With --part, several machines that share the folder divide the',
    'experiments among them; without it, they may work on the same list, and none does what another is at.',
    'With --on slurm a cluster runs them; submitted again, it gets what is neither finished nor in its queue.',
    '',
    'Tiers',
    tiersHelp(),
  ].join('\n'),
  options: {
    ...choiceOptions,
    ids: {
      type: 'string',
      value: 'LIST',
      help: 'experiments by their ids, as --dry-run and --status show them',
    },
    part: { type: 'string', value: 'K/N', help: 'only every Nth experiment, from the Kth on' },
    leave: {
      type: 'boolean',
      help: 'leave what other processes are at to them; else it waits, lest they give up',
    },
    'dry-run': {
      type: 'boolean',
      help: 'say what is done, what is left and how long it takes, and do nothing',
    },
    status: {
      type: 'boolean',
      help: 'say where each experiment stands by its results, its lock and the queue of\nSlurm, and do nothing',
    },
    ...slurmOptions,
  },
  run: sweep,
};

async function sweep(values: Values, context: Context): Promise<void> {
  const { log } = context.status;
  const select = selectionOf(values);
  const choice = choiceOf(values);
  const onSlurm = isOnSlurm(values);
  check(!(values.status && values['dry-run']), '--status and --dry-run: expected one of them, got both');
  const { tier, dataset, parts } = choice;
  const experiments = select(gridOf(tier, { dataset, ...parts }));
  if (values.status) log(standingsTable(choice, experiments));
  else if (values['dry-run'])
    log(onSlurm ? dryScript(choice, values, experiments) : overview(choice, experiments));
  else if (onSlurm) await submitStudy(choice, values, context, select);
  else {
    const results = await runStudy(choice, values, context, { select, leave: values.leave === true });
    log(`\n${resultsTable(results)}`);
  }
}

/** A line for each experiment with its id and where it stands, then the sums. */
function overview({ folders }: StudyChoice, experiments: readonly Experiment[]): string {
  const store = openStore(folders.results);
  const estimate = new Estimate(store, experiments);
  const left = unfinished(experiments, store);
  const lines = experiments.map((e) => {
    const stored = store.read(e);
    const seconds = formatSeconds(estimate.seconds([e]));
    const step = stored?.validations.at(-1)?.step;
    const state = stored?.final ? 'done' : step ? `at step ${step} of ${e.steps}` : `about ${seconds}`;
    return `${experimentId(e)}  ${describeExperiment(e)}: ${state}`;
  });
  const time = formatSeconds(estimate.seconds(left));
  return [
    ...lines,
    `${experiments.length - left.length} of ${experiments.length} done; about ${time} left on one core`,
  ].join('\n');
}

/** Keeps what --ids and --part choose. */
function selectionOf(values: Values): (experiments: Experiment[]) => Experiment[] {
  const ids = listOf('ids', values);
  const part = partOf(wordOf(values.part));
  return (all) => {
    const known = all.map(experimentId);
    for (const id of ids ?? [])
      check(
        known.includes(id),
        () => `--ids: none of the ${known.length} experiments is "${id}"; --dry-run shows their ids`,
      );
    return part(ids ? all.filter((_, i) => ids.includes(known[i])) : all);
  };
}

/** Every Nth experiment from the Kth on. @throws UsageError unless the part is K/N and holds any */
function partOf(part: string | undefined): (experiments: Experiment[]) => Experiment[] {
  if (part === undefined) return (all) => all;
  const [k, n] = /^\d+\/\d+$/.test(part) ? part.split('/').map(Number) : [];
  check(1 <= k && k <= n, `--part: expected K/N with 1 <= K <= N, got "${part}"`);
  return (all) => {
    check(k <= all.length, `--part: there are ${all.length} experiments, and none for part ${part}`);
    return all.filter((_, i) => i % n === k - 1);
  };
}
