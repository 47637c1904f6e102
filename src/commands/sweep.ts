import { resultsTable } from '../analysis/table';
import { describeExperiment, type Experiment, experimentId } from '../experiments/experiment';
import { gridOf } from '../experiments/grid';
import { openStore } from '../results/store';
import { Estimate } from '../running/estimate';
import { unfinished } from '../running/sweep';
import { check } from '../util/check';
import { formatSeconds } from '../util/duration';
import { wordOf } from './arguments';
import { choiceOf, choiceOptions, type StudyChoice, tiersHelp } from './choice';
import type { Command, Context, Values } from './command';
import { runStudy } from './study';

export const command: Command = {
  name: 'sweep',
  about: 'train the experiments of a tier, or a share of them',
  help: [
    'As reproduce, without figures and notebooks. With --part, several machines that share the folder divide the',
    'experiments among them; without it, they may work on the same list, and none does what another is at.',
    '',
    'Tiers',
    tiersHelp(),
  ].join('\n'),
  options: {
    ...choiceOptions,
    part: { type: 'string', value: 'K/N', help: 'only every Nth experiment, from the Kth on' },
    'dry-run': {
      type: 'boolean',
      help: 'say what is done, what is left and how long it takes, and do nothing',
    },
  },
  run: sweep,
};

async function sweep(values: Values, context: Context): Promise<void> {
  const choice = choiceOf(values);
  const select = partOf(wordOf(values.part));
  select(gridOf(choice.tier, { dataset: choice.dataset, ...choice.parts }));
  if (values['dry-run']) {
    for (const line of overview(choice, select)) context.status.log(line);
    return;
  }
  const results = await runStudy(choice, values, context, { select });
  context.status.log(`\n${resultsTable(results)}`);
}

/** A line for each experiment with its id and where it stands, then the sums. */
function overview(
  { tier, dataset, parts, folders }: StudyChoice,
  select: (experiments: Experiment[]) => Experiment[],
): string[] {
  const experiments = select(gridOf(tier, { dataset, ...parts }));
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
  ];
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
