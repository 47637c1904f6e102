import { readFileSync } from 'node:fs';
import { check } from '../util/check';
import { writeFileAtomic } from '../util/files';

/** One output of a cell, as nbformat 4 has it, text joined to one string. */
export type Output =
  | { output_type: 'stream'; name: string; text: string }
  | { output_type: 'error'; ename: string; evalue: string; traceback: string[] }
  | { output_type: 'display_data'; data: MimeBundle; metadata: object }
  | { output_type: 'execute_result'; data: MimeBundle; metadata: object; execution_count: number | null };

/** One content in several forms, by mime type. Text and base64 are strings, JSON types are objects. */
export type MimeBundle = Record<string, unknown>;

/** A cell; `source` is one string, whatever the file had. */
export interface Cell {
  cell_type: string;
  id?: string;
  source: string;
  metadata: { tags?: string[]; execution?: unknown };
  outputs?: Output[];
  execution_count?: number | null;
}

export interface Notebook {
  cells: Cell[];
  metadata: Record<string, unknown>;
  nbformat: number;
  nbformat_minor: number;
}

/**
 * @returns the notebook with the sources of its cells joined; outputs are left as in the file
 * @throws UsageError if the file is missing or is no notebook of format 4.
 */
export function readNotebook(path: string): Notebook {
  let notebook: Notebook;
  try {
    notebook = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    check(false, `${path}: cannot be read as a notebook (${(error as Error).message})`);
  }
  check(
    notebook?.nbformat === 4 && Array.isArray(notebook.cells),
    `${path}: not a notebook of format 4: open it in Jupyter and save it again`,
  );
  for (const cell of notebook.cells) cell.source = ([] as string[]).concat(cell.source).join('');
  return notebook;
}

/** The cells that hold code, in order: the n-th is the one that Jupyter shows as In [n] after a fresh run. */
export function codeCells(notebook: Notebook): Cell[] {
  return notebook.cells.filter((cell) => cell.cell_type === 'code' && cell.source.trim() !== '');
}

/** Writes a notebook as Jupyter does: keys sorted, texts as lists of lines. JSON outputs take one line each. */
export function writeNotebook(path: string, notebook: Notebook): void {
  const cells = notebook.cells.map((cell, i) =>
    storedCell(cell, notebook.nbformat_minor >= 5 ? i : undefined),
  );
  writeFileAtomic(path, `${serialise({ ...notebook, cells }, '\n')}\n`);
}

function storedCell(cell: Cell, number: number | undefined): object {
  const { id = number === undefined ? undefined : `cell-${number + 1}`, source, outputs, ...rest } = cell;
  return {
    ...rest,
    ...(id === undefined ? {} : { id }),
    source: lines(source),
    ...(cell.cell_type === 'code' ? { outputs: outputs?.map(storedOutput) ?? [] } : {}),
  };
}

function storedOutput(output: Output): object {
  if (output.output_type === 'stream') return { ...output, text: lines(output.text) };
  if (output.output_type === 'error') return output;
  const data = Object.entries(output.data).map(([type, value]) => [type, storedData(type, value)]);
  return { ...output, data: Object.fromEntries(data) };
}

function storedData(type: string, value: unknown): unknown {
  if (typeof value !== 'string') return new OneLine(value);
  return type.startsWith('text/') || type === 'image/svg+xml' ? lines(value) : value;
}

function lines(text: string): string[] {
  const parts = text.split('\n');
  const last = parts.pop();
  return [...parts.map((part) => `${part}\n`), ...(last ? [last] : [])];
}

/** A value that is written without line breaks: Jupyter would put each number of a plot on a line of its own. */
class OneLine {
  constructor(readonly value: unknown) {}
}

function serialise(value: unknown, newline: string): string {
  if (value instanceof OneLine) return JSON.stringify(value.value);
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const inner = `${newline} `;
  const list = Array.isArray(value)
    ? value.map((entry) => serialise(entry, inner))
    : Object.entries(value)
        .filter(([, entry]) => entry !== undefined)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([key, entry]) => `${JSON.stringify(key)}: ${serialise(entry, inner)}`);
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  return list.length === 0 ? open + close : open + inner + list.join(`,${inner}`) + newline + close;
}
