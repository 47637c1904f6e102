import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  truncateSync,
} from 'node:fs';
import { join } from 'node:path';
import type { ValidationRow } from '../training/state';
import type { ConfigRow, FinalRow, Row } from './format';

/** What a results file says, the rows of repeated epochs taken once. */
export interface StoredResult {
  config: ConfigRow;
  epochs: ValidationRow[];
  /** not there while the experiment is not finished */
  final?: FinalRow;
}

/** Results of experiments: one append-only file <id>.jsonl each, in one folder. */
export interface Store {
  readonly folder: string;
  /** ids of all files, sorted */
  ids(): string[];
  /** undefined if there is no file, or a broken one, which is then moved aside */
  read(id: string): StoredResult | undefined;
  finished(id: string): boolean;
  /** whether the experiment has a file, be it one moved aside: if not, someone wants it done afresh */
  started(id: string): boolean;
  append(id: string, row: Row): void;
}

/**
 * Opens a folder of results, which need not exist.
 *
 * A line cut short at the end of a file (the writer was killed) is dropped. A file with any other damage is renamed to
 * <name>.broken, so that its experiment is done again and the others are not touched.
 * @param log takes one line per file moved aside
 */
export function openStore(folder: string, log: (line: string) => void = console.error): Store {
  const pathOf = (id: string) => join(folder, `${id}.jsonl`);

  const read = (id: string): StoredResult | undefined => {
    const path = pathOf(id);
    if (!existsSync(path)) return undefined;
    const text = dropCutLine(path);
    if (text === '') return undefined;
    try {
      return resultOf(id, text);
    } catch (error) {
      renameSync(path, `${path}.broken`);
      log(
        `${path}: ${(error as Error).message}; moved to ${id}.jsonl.broken, its experiment will be run again`,
      );
      return undefined;
    }
  };

  return {
    folder,
    read,
    ids: () =>
      existsSync(folder)
        ? readdirSync(folder)
            .filter((name) => name.endsWith('.jsonl'))
            .map((name) => name.slice(0, -'.jsonl'.length))
            .sort()
        : [],
    finished: (id) => read(id)?.final !== undefined,
    started: (id) => existsSync(pathOf(id)) || existsSync(`${pathOf(id)}.broken`),
    append: (id, row) => {
      mkdirSync(folder, { recursive: true });
      appendFileSync(pathOf(id), `${JSON.stringify(row)}\n`);
    },
  };
}

/** Cuts a file back to its last newline. @returns what is left */
function dropCutLine(path: string): string {
  const bytes = readFileSync(path);
  const end = bytes.lastIndexOf(10) + 1;
  if (end < bytes.length) truncateSync(path, end);
  return bytes.toString('utf8', 0, end);
}

/** @throws Error that says which line is wrong */
function resultOf(id: string, text: string): StoredResult {
  const rows = text.trimEnd().split('\n').map(parseRow);
  const config = rows.filter((row): row is ConfigRow => row.kind === 'config').pop();
  if (!config || rows[0].kind !== 'config') throw new Error('line 1 is not a configuration');
  if (config.id !== id) throw new Error(`holds experiment ${config.id}`);
  const epochs = new Map<number, ValidationRow>();
  for (const row of rows) {
    if (row.kind !== 'epoch') continue;
    const { kind, ...epoch } = row;
    epochs.set(epoch.epoch, epoch);
  }
  return {
    config,
    epochs: [...epochs.values()],
    final: rows.find((row): row is FinalRow => row.kind === 'final'),
  };
}

function parseRow(line: string, index: number): Row {
  let row: unknown;
  try {
    row = JSON.parse(line);
  } catch {
    throw new Error(`line ${index + 1} is not JSON`);
  }
  const kind = (row as Row | null)?.kind ?? '';
  if (!['config', 'epoch', 'final'].includes(kind)) throw new Error(`line ${index + 1} is no row of results`);
  return row as Row;
}
