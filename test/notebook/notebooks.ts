import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { type Output, readNotebook } from '../../src/notebook/ipynb';
import { removeFolder } from '../removed';

/** A folder for one test file; removed at its end. */
export const folder = mkdtempSync(join(tmpdir(), 'notebook-test-'));
after(() => removeFolder(folder));

/** A cell's code, or code that may fail. */
export type Code = string | { mayFail: string };

/** Writes a notebook with these code cells. @returns its path */
export function writeCells(name: string, ...cells: Code[]): string {
  const path = join(folder, `${name}.ipynb`);
  const notebook = {
    cells: cells.map((code, i) => ({
      cell_type: 'code',
      id: `c${i}`,
      metadata: typeof code === 'string' ? {} : { tags: ['raises-exception'] },
      source: typeof code === 'string' ? code : code.mayFail,
      outputs: [{ output_type: 'stream', name: 'stdout', text: 'of an earlier run' }],
      execution_count: 77,
    })),
    metadata: {
      kernelspec: { name: 'tslab', display_name: 'TypeScript (equisphere)', language: 'typescript' },
    },
    nbformat: 4,
    nbformat_minor: 5,
  };
  writeFileSync(path, JSON.stringify(notebook));
  return path;
}

/** The outputs of each cell of a notebook. */
export const outputsOf = (path: string) => readNotebook(path).cells.map((cell) => cell.outputs ?? []);

/** The `In [n]` of each cell. */
export const countsOf = (path: string) => readNotebook(path).cells.map((cell) => cell.execution_count);

/** All text that was printed, whether stored as one string or as lines. */
export function printed(outputs: readonly Output[]): string {
  return outputs
    .map((output) => (output.output_type === 'stream' ? [output.text].flat().join('') : ''))
    .join('');
}
