import { resultsTable } from '../analysis/table';
import { describeExperiment, type Experiment, experimentId } from '../experiments/experiment';
import { gridOf } from '../experiments/grid';
import { UsageError } from '../util/check';
import { wordOf } from './arguments';
import { runStudy, studyOf, studyOptions, tiersHelp } from './choice';
import type { Command, Context, Values } from './command';

export const command: Command = {
  name: 'sweep',
  about: 'train the experiments of a tier, or a share of them',
  help: [
    'As reproduce, without figures and notebooks. With --part, several machines that share the results folder',
    'divide the experiments among them.',
    '',
    'Tiers',
    tiersHelp(),
  ].join('\n'),
  options: {
    ...studyOptions,
    part: { type: 'string', value: 'K/N', help: 'only every Nth experiment, from the Kth on' },
    list: { type: 'boolean', help: 'print the experiments with their ids, and do nothing' },
  },
  run: sweep,
};

async function sweep(values: Values, context: Context): Promise<void> {
  const select = partOf(wordOf(values.part));
  if (values.list) {
    const { tier, dataset, choice } = studyOf(values);
    for (const e of select(gridOf(tier, { dataset, ...choice })))
      context.status.log(`${experimentId(e)}  ${describeExperiment(e)}`);
    return;
  }
  const results = await runStudy(values, context, select);
  context.status.log(`\n${resultsTable(results)}`);
}

function partOf(part: string | undefined): (experiments: Experiment[]) => Experiment[] {
  if (part === undefined) return (all) => all;
  const [k, n] = part.split('/').map(Number);
  if (!(Number.isInteger(k) && Number.isInteger(n) && 1 <= k && k <= n))
    throw new UsageError(`--part: expected K/N with 1 <= K <= N, got "${part}"`);
  return (all) => all.filter((_, i) => i % n === k - 1);
}
