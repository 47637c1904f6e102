import { relative } from 'node:path';
import { summarise } from '../analysis/summary';
import { layOut, resultsTable, tableRows } from '../analysis/table';
import { htmlTable } from '../figures/render/html';
import { figureSections, type IndexSection, indexPage } from '../figures/render/index_page';
import { checkResultsFolder, resultRow } from '../results/read';
import { formatSeconds } from '../util/duration';
import { makeWritable, writeFileAtomic } from '../util/files';
import { Stopwatch } from '../util/stopwatch';
import { wordOf } from './arguments';
import { choiceOf, choiceOptions, tiersHelp } from './choice';
import type { Command, Context, Values } from './command';
import { writeAllFigures } from './figures';
import type { RunFolders } from './folders';
import { notebooksOfResults, runNotebooks } from './notebooks';
import { compareWithPublished, comparisonTable } from './published';
import { runStudy } from './run_study';

export const command: Command = {
  name: 'reproduce',
  about: 'the whole study afresh: data, training, figures, notebooks, and yours against ours',
  help: [
    'Trains every network of a tier, tests each on rotated and on unrotated spheres, draws the figures, runs those',
    'notebooks that show results on what it found, and holds each score against the published one. All goes to',
    'out/, with one page that shows it, out/index.html. Ctrl-C stops at the next batch, and the same command goes',
    'on from there.',
    '',
    'Tiers',
    tiersHelp(),
  ].join('\n'),
  options: {
    ...choiceOptions,
    against: { type: 'string', value: 'FOLDER', help: 'results to compare with (data/published)' },
    'no-figures': { type: 'boolean', help: 'leave the figures out' },
    'no-notebooks': { type: 'boolean', help: 'leave the notebooks out' },
  },
  run: reproduce,
};

async function reproduce(values: Values, context: Context): Promise<void> {
  const { log } = context.status;
  const clock = new Stopwatch();
  const choice = choiceOf(values);
  const { folders } = choice;
  const against = wordOf(values.against);
  if (against !== undefined) checkResultsFolder(against);
  const withFigures = !values['no-figures'];
  const withNotebooks = !values['no-notebooks'];
  makeWritable(folders.out);
  if (withFigures) makeWritable(folders.figures);
  if (withNotebooks) makeWritable(folders.notebooks);
  const onResult = withFigures ? firstFigures(folders, context) : undefined;
  const results = await runStudy(choice, values, context, { onResult });
  const rows = results.flatMap((result) => resultRow(result) ?? []);
  const comparison = compareWithPublished(rows, against);
  const sections: IndexSection[] = [
    { title: 'Results', html: htmlTable(tableRows(summarise(rows))) },
    {
      title: 'Yours against ours',
      html: `<p>${comparison.verdict}</p>${htmlTable(comparisonTable(comparison))}`,
    },
  ];
  const page = () => writeFileAtomic(folders.index, indexPage('equisphere: your run', sections));
  try {
    page();
    if (withFigures) sections.unshift(...(await drawn(folders, context)));
    page();
    if (withNotebooks) {
      const ofYours = { only: notebooksOfResults(), output: folders.notebooks, results: folders.results };
      const notebooks = await runNotebooks(ofYours, context);
      sections.push({ title: 'Notebooks', html: linksTo(notebooks, folders) });
    }
    page();
  } finally {
    // Also when a figure or a notebook fails: the numbers are there.
    log(`\n${resultsTable(results)}\n`);
    if (comparison.rows.length > 0) log(`yours against ours\n${layOut(comparisonTable(comparison))}\n`);
    log(comparison.verdict);
  }
  log(`everything on one page: ${folders.index}`);
  log(`${formatSeconds(clock.elapsedSeconds())} in all`);
}

/** While trainings run, the main figures are drawn anew this often at the most. */
const SECONDS_BETWEEN_FIGURES = 45;

/** Draws the main figures from the results that are there, now and then: the first as soon as there is one. */
function firstFigures({ results, figures }: RunFolders, { status }: Context): () => void {
  let drawing = false;
  let last = new Stopwatch();
  let isFirst = true;
  return () => {
    if (drawing || (!isFirst && last.elapsedSeconds() < SECONDS_BETWEEN_FIGURES)) return;
    drawing = true;
    const { writeFigures }: typeof import('../figures/write') = require('../figures/write');
    writeFigures({ results, folder: figures, kinds: ['augmentation'], log: () => {} })
      .then((shown) => {
        if (isFirst && shown.length > 0) status.log(`first figure: ${figures}/${shown[0].name}.png`);
        isFirst &&= shown.length === 0;
      })
      .catch((error: Error) => status.log(`figures have to wait: ${error.message}`))
      .finally(() => {
        drawing = false;
        last = new Stopwatch();
      });
  };
}

async function drawn(folders: RunFolders, context: Context): Promise<IndexSection[]> {
  const figures = await writeAllFigures(folders.results, folders.figures, context);
  return figureSections(figures, relative(`${folders.index}/..`, folders.figures));
}

function linksTo(paths: readonly string[], { index }: RunFolders): string {
  const links = paths
    .map((path) => relative(`${index}/..`, path))
    .map((path) => `<li><a href="${path}">${path}</a></li>`);
  return `<ul>\n${links.join('\n')}\n</ul>`;
}
