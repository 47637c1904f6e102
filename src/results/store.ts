import { appendFileSync, existsSync, readFileSync, renameSync, truncateSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Experiment, experimentId } from '../experiments/experiment';
import { numbersVersion } from '../experiments/numbers_version';
import { UsageError } from '../util/check';
import { makeFolder, namingFile } from '../util/files';
import { parseResult, type Row, type StoredResult } from './format';

/** Results of experiments under one folder: an append-only file <tier>/<data set>/<id>.jsonl each. */
export interface Store {
  readonly folder: string;
  pathOf(e: Experiment): string;
  /** what is there, read only; undefined if nothing is, or a damaged file, or numbers of another version */
  read(e: Experiment): StoredResult | undefined;
  finished(e: Experiment): boolean;
  /** why what is there is of no use; undefined if it is of use, or nothing is there */
  fault(e: Experiment): string | undefined;
  /**
   * Makes the file ready for more lines: a cut last line is dropped; a damaged file, or one with numbers of another
   * version, is moved aside. Only for whoever will append.
   * @returns whether there is no file: someone wants the experiment done from the start
   */
  begin(e: Experiment): boolean;
  append(e: Experiment, row: Row): void;
}

/**
 * Opens a folder of results, which need not exist.
 * @param log takes one line per file moved aside
 */
export function openStore(folder: string, log: (line: string) => void = console.error): Store {
  const pathOf = (e: Experiment) => join(folder, e.tier, e.dataset, `${experimentId(e)}.jsonl`);

  const read = (e: Experiment): StoredResult | undefined => {
    const found = inspect(pathOf(e), e);
    return typeof found === 'object' ? found : undefined;
  };

  return {
    folder,
    pathOf,
    read,
    finished: (e) => read(e)?.final !== undefined,
    fault: (e) => {
      const found = inspect(pathOf(e), e);
      return typeof found === 'string' ? found : undefined;
    },
    begin: (e) => {
      const path = pathOf(e);
      if (!existsSync(path)) return true;
      const found = inspect(path, e);
      if (typeof found === 'string') {
        const aside = unused(`${path}.broken`);
        renameSync(path, aside);
        log(`${path}: ${found}; moved to ${aside}, its experiment is run again`);
      } else dropCutLine(path);
      return false;
    },
    append: (e, row) => {
      const path = pathOf(e);
      makeFolder(dirname(path));
      namingFile(path, () => appendFileSync(path, `${JSON.stringify(row)}\n`));
    },
  };
}

/** The result in a file; undefined if there is none; a string that says why it is of no use. */
function inspect(path: string, e: Experiment): StoredResult | string | undefined {
  if (!existsSync(path)) return undefined;
  try {
    const found = parseResult(readFileSync(path, 'utf8'));
    if (!found) return undefined;
    const [{ id, numbers }] = found.sittings;
    if (id !== experimentId(e)) return `holds experiment ${id}`;
    if (numbers !== numbersVersion) return `has numbers of version ${numbers}, not ${numbersVersion}`;
    return found;
  } catch (error) {
    if (error instanceof UsageError) return error.message;
    throw error;
  }
}

/** Cuts a file back to its last newline. */
function dropCutLine(path: string): void {
  const bytes = readFileSync(path);
  const end = bytes.lastIndexOf(10) + 1;
  if (end < bytes.length) truncateSync(path, end);
}

/** The path, or the first of <path>-2, <path>-3, ... that no file has. */
function unused(path: string): string {
  let free = path;
  for (let i = 2; existsSync(free); i++) free = `${path}-${i}`;
  return free;
}
