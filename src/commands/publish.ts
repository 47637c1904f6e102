import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { numbersVersion } from '../experiments/numbers';
import { parseResult, type StoredResult } from '../results/format';
import { isClean } from '../results/provenance';
import { openStore } from '../results/store';
import { check } from '../util/check';
import { wordOf } from './arguments';
import type { Command, Context, Values } from './command';
import { outOption, publishedFolder, runFolders } from './folders';

export const command: Command = {
  name: 'publish',
  about: 'copy finished results into data/published',
  help: [
    'Takes results that are finished, whose numbers are of the current version, and whose sources were as committed.',
    'A published result is never replaced by another one of the same version.',
  ].join('\n'),
  options: {
    ...outOption,
    to: { type: 'string', value: 'FOLDER', help: 'where they go (data/published)' },
  },
  run: async (values, context) => publish(values, context),
};

function publish(values: Values, { status }: Context): void {
  const { results } = runFolders(values);
  check(existsSync(results), `no folder of results at ${results}`);
  const store = openStore(wordOf(values.to) ?? publishedFolder);
  const counts = { published: 0, 'there already': 0, refused: 0 };
  const names = (readdirSync(results, { recursive: true }) as string[]).filter((name) =>
    name.endsWith('.jsonl'),
  );
  for (const name of names.sort()) {
    const source = join(results, name);
    const stored = parseResult(readFileSync(source, 'utf8'));
    if (!stored?.final) continue;
    const problem = problemOf(stored);
    const target = store.pathOf(stored.config.experiment);
    if (problem) {
      counts.refused++;
      status.log(`${basename(name)}: ${problem}`);
    } else if (store.finished(stored.config.experiment)) counts['there already']++;
    else {
      mkdirSync(dirname(target), { recursive: true });
      copyFileSync(source, target);
      counts.published++;
    }
  }
  status.log(
    Object.entries(counts)
      .map(([what, count]) => `${count} ${what}`)
      .join(', '),
  );
}

function problemOf({ config }: StoredResult): string | undefined {
  if (config.numbers !== numbersVersion) return `numbers of version ${config.numbers}, not ${numbersVersion}`;
  return isClean(config) ? undefined : `its sources were not as committed (${config.commit || 'no commit'})`;
}
