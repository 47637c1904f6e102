import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { DataFrame } from 'danfojs-node';
import { check } from '../util/check';
import { readResultsFile } from './read_file';
import type { ResultRow, Results } from './rows';

/**
 * Reads all results under a folder, experiments in the order of their paths.
 * @param warn takes a line for each file that is left out because it is damaged
 * @throws UsageError if there is no such folder
 */
export function readResults(folder: string, warn: (line: string) => void = console.warn): Results {
  check(existsSync(folder), `no folder of results at ${folder}`);
  const results: Results = { rows: [], epochs: [], samples: [] };
  for (const path of resultsFiles(folder)) {
    try {
      const { epochs, result, samples } = readResultsFile(path);
      results.epochs.push(...epochs);
      if (result) results.rows.push(result);
      if (samples) results.samples.push(samples);
    } catch (error) {
      warn(`${path} is left out: ${(error as Error).message}`);
    }
  }
  return results;
}

/**
 * The finished experiments under a folder as a table, one row each, with the columns of ResultRow.
 * @throws UsageError if there is no such folder, or nothing finished in it
 */
export function openResults(folder: string, warn?: (line: string) => void): DataFrame {
  return dataFrame(readResults(folder, warn).rows, folder);
}

function dataFrame(rows: ResultRow[], folder: string): DataFrame {
  check(rows.length > 0, `no finished experiment under ${folder}; \`npm run reproduce\` makes some`);
  const danfo: typeof import('danfojs-node') = require('danfojs-node'); // here, because it takes a second to load
  return new danfo.DataFrame(rows);
}

function resultsFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.jsonl'))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .sort();
}
