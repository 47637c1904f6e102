import { existsSync, readFileSync } from 'node:fs';
import { numbersVersion } from '../experiments/numbers_version';
import { resultsFiles } from '../results/files';
import { parseResult, type StoredResult, wholeLines } from '../results/format';
import { isClean } from '../results/provenance';
import { checkResultsFolder } from '../results/read';
import { openStore, type Store } from '../results/store';
import { check, UsageError } from '../util/check';
import { makeWritable, writeFileAtomic } from '../util/files';
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
  checkResultsFolder(results);
  const to = wordOf(values.to) ?? publishedFolder;
  makeWritable(to);
  const target = openStore(to);
  const counts = { published: 0, 'there already': 0, 'not finished': 0, refused: 0 };
  for (const path of resultsFiles(results)) {
    const { outcome, reason } = publishOne(path, target);
    counts[outcome]++;
    if (reason) status.log(`${path}: ${reason}`);
  }
  status.log(
    Object.entries(counts)
      .map(([what, count]) => `${count} ${what}`)
      .join(', '),
  );
}

interface Outcome {
  outcome: 'published' | 'there already' | 'not finished' | 'refused';
  reason?: string;
}

/** @param path of a results file */
function publishOne(path: string, target: Store): Outcome {
  try {
    const text = wholeLines(readFileSync(path, 'utf8'));
    const stored = parseResult(text);
    if (!stored?.final) return { outcome: 'not finished' };
    checkPublishable(stored);
    const place = target.pathOf(stored.sittings[0].experiment);
    if (isTaken(place)) return { outcome: 'there already' };
    writeFileAtomic(place, text);
    return { outcome: 'published' };
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return { outcome: 'refused', reason: error.message };
  }
}

function checkPublishable({ sittings }: StoredResult): void {
  for (const { numbers, commit } of sittings) {
    check(numbers === numbersVersion, `numbers of version ${numbers}, not ${numbersVersion}`);
    check(isClean({ commit }), `its sources were not as committed (${commit || 'no commit'})`);
  }
}

/** Whether a published result stands there whose numbers are of this version. @throws UsageError if it is damaged */
function isTaken(place: string): boolean {
  if (!existsSync(place)) return false;
  const there = parseResult(readFileSync(place, 'utf8'));
  check(there, `${place} is damaged`);
  return there.sittings[0].numbers === numbersVersion;
}
