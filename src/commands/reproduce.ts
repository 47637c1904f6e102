import { join } from 'node:path';
import { resultsTable } from '../analysis/table';
import { TimeLeft } from '../training/progress';
import { formatSeconds } from '../util/duration';
import { repositoryRoot } from '../util/files';
import { wordOf } from './arguments';
import { runStudy, studyOf, studyOptions, tiersHelp } from './choice';
import type { Command, Context, Values } from './command';
import { writeAllFigures } from './figures';
import { runNotebooks } from './notebooks';

export const command: Command = {
  name: 'reproduce',
  about: 'the whole study: data, training, figures, notebooks, a table',
  help: [
    'Trains every network of a tier, tests each on rotated and on unrotated spheres, draws the figures and',
    'runs the notebooks. Results that are already there are not computed again; Ctrl-C stops at the next',
    'batch, and the same command goes on from there.',
    '',
    'Tiers',
    tiersHelp(),
  ].join('\n'),
  options: {
    ...studyOptions,
    figures: { type: 'string', value: 'FOLDER', help: 'where the figures go (figures)' },
    'no-figures': { type: 'boolean', help: 'leave the figures out' },
    'no-notebooks': {
      type: 'boolean',
      help: 'leave the notebooks out; with --results they are, since they show data/results',
    },
  },
  run: reproduce,
};

async function reproduce(values: Values, context: Context): Promise<void> {
  const { log } = context.status;
  const clock = new TimeLeft();
  const study = studyOf(values);
  const results = await runStudy(values, context);
  const folder = wordOf(values.figures) ?? join(repositoryRoot, 'figures');
  try {
    if (!values['no-figures']) await writeAllFigures(study.results, folder, context);
    if (values.results) log('notebooks are left out: they show data/results');
    else if (!values['no-notebooks']) await runNotebooks([], context);
  } finally {
    // Also when a figure or a notebook fails: the numbers are there.
    log(`\n${resultsTable(results)}\n`);
    log(`results: ${join(study.results, study.tier.name)}`);
  }
  if (!values['no-figures']) log(`figures: ${folder}`);
  log(`${formatSeconds(clock.elapsed())} in all`);
}
