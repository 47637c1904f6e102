import { join } from 'node:path';
import { repositoryRoot } from '../util/files';
import { wordOf } from './arguments';
import type { Option, Values } from './command';

/** Options of all commands that read or write results. */
export const resultsOption = {
  results: { type: 'string', value: 'FOLDER', help: 'where the results are (data/results)' },
} as const satisfies Record<string, Option>;

export function resultsFolder(values: Values): string {
  return wordOf(values.results) ?? join(repositoryRoot, 'data', 'results');
}

/** Checkpoints and weights: data/runs, or inside a results folder of one's own. */
export function runsFolder(values: Values): string {
  const own = wordOf(values.results);
  return own ? join(own, 'runs') : join(repositoryRoot, 'data', 'runs');
}
