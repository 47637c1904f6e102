import { relative } from 'node:path';
import { UsageError } from '../util/check';
import { Interrupted } from '../util/interrupted';
import { type Cell, codeCells, type Notebook, type Output, readNotebook, writeNotebook } from './ipynb';
import { Kernel, KernelDied } from './kernel';
import { Outputs, settled } from './outputs';

export interface RunOptions {
  /** Where to write the executed notebook (over the original). */
  output?: string;
  /** Longest time of a cell, in seconds (900). */
  timeout?: number;
  /** Called when a cell starts and when it has ended well. */
  onCell?: (progress: CellProgress) => void;
  /** Environment variables for the kernel, beside those of this process. */
  environment?: Record<string, string>;
  /** Ends the run within a second: the running cell is interrupted, and what there is is written. */
  signal?: AbortSignal;
}

export interface CellProgress {
  /** Number of the cell as in `In [n]`, from 1. */
  cell: number;
  cells: number;
  state: 'started' | 'finished';
  /** Since the start of the cell. */
  seconds: number;
}

/** A cell failed, took too long, or ended the kernel. */
export class NotebookError extends UsageError {
  override name = 'NotebookError';

  constructor(
    readonly notebook: string,
    /** Number of the cell as in `In [n]`, from 1. */
    readonly cell: number,
    /** Name of the error; `Timeout` and `KernelDied` are ours. */
    readonly ename: string,
    readonly evalue: string,
    readonly traceback: readonly string[] = [`${ename}: ${evalue}`],
  ) {
    super(`${relative('', notebook)}: cell ${cell} failed\n${traceback.join('\n')}`);
  }
}

const TIMEOUT_SECONDS = 900;
/** Longest time between an interrupt and the end of the kernel: after a cell's own time, and by `signal`. */
const TIME_TO_STOP_MS = { late: 2000, interrupted: 700 };
const KERNELSPEC = { display_name: 'TypeScript (equisphere)', language: 'typescript', name: 'tslab' };

/**
 * Executes a notebook from top to bottom in a fresh kernel of the project and writes it with its outputs. A cell with
 * the tag `raises-exception` may fail. If another fails, or `signal` fires, the notebook is written as far as it came.
 * @returns the number of cells executed and the seconds that they took
 * @throws NotebookError if a cell fails; UsageError if `path` is no notebook; Interrupted by `signal`;
 *   KernelDied if the kernel does not start.
 */
export async function runNotebook(
  path: string,
  options: RunOptions = {},
): Promise<{ cells: number; seconds: number }> {
  const notebook = readNotebook(path);
  const cells = codeCells(notebook);
  const start = Date.now();
  const kernel = await startKernel(options);
  const release = interruptBy(options.signal, kernel);
  try {
    clear(notebook, kernel.languageInfo);
    await executeAll(path, cells, kernel, options);
  } finally {
    release();
    kernel.kill();
    for (const cell of cells) cell.outputs = settled(cell.outputs ?? []);
    writeNotebook(options.output ?? path, notebook);
  }
  return { cells: cells.length, seconds: (Date.now() - start) / 1000 };
}

async function startKernel({ environment, signal }: RunOptions): Promise<Kernel> {
  if (signal?.aborted) throw new Interrupted();
  try {
    return await Kernel.start(environment, signal);
  } catch (error) {
    throw signal?.aborted ? new Interrupted() : error;
  }
}

/** Lets the signal interrupt the running cell, and soon after end the kernel. @returns what to call when all is over */
function interruptBy(signal: AbortSignal | undefined, kernel: Kernel): () => void {
  let timer: NodeJS.Timeout | undefined;
  const stop = () => {
    kernel.interrupt();
    timer = setTimeout(() => kernel.kill(), TIME_TO_STOP_MS.interrupted);
  };
  if (signal?.aborted) stop();
  signal?.addEventListener('abort', stop);
  return () => {
    signal?.removeEventListener('abort', stop);
    clearTimeout(timer);
  };
}

/** Forgets earlier runs, so that a notebook never shows a mixture of two. */
function clear(notebook: Notebook, languageInfo: object): void {
  notebook.metadata = { ...notebook.metadata, kernelspec: KERNELSPEC, language_info: languageInfo };
  for (const cell of notebook.cells) {
    if (cell.cell_type !== 'code') continue;
    cell.outputs = [];
    cell.execution_count = null;
    delete cell.metadata.execution; // times of day
  }
}

async function executeAll(
  path: string,
  cells: readonly Cell[],
  kernel: Kernel,
  { timeout = TIMEOUT_SECONDS, onCell, signal }: RunOptions,
): Promise<void> {
  const outputs = new Outputs();
  for (const [i, cell] of cells.entries()) {
    const at = { cell: i + 1, cells: cells.length };
    const start = Date.now();
    onCell?.({ ...at, state: 'started', seconds: 0 });
    cell.execution_count = i + 1;
    const error = await executeCell(cell, kernel, outputs, timeout);
    if (signal?.aborted) {
      noteInterrupt(cell);
      throw new Interrupted();
    }
    if (error) {
      cell.outputs?.push({ output_type: 'error', ...error, traceback: [`${error.ename}: ${error.evalue}`] });
      throw new NotebookError(path, i + 1, error.ename, error.evalue);
    }
    throwIfFailed(path, cells);
    onCell?.({ ...at, state: 'finished', seconds: (Date.now() - start) / 1000 });
  }
  await kernel.stop();
  throwIfFailed(path, cells);
}

/** A cell that was interrupted says so, also where its kernel was ended before it could. */
function noteInterrupt(cell: Cell): void {
  if (cell.outputs?.some((output) => output.output_type === 'error')) return;
  const { name: ename, message: evalue } = new Interrupted();
  cell.outputs?.push({ output_type: 'error', ename, evalue, traceback: [evalue] });
}

/** @returns why the cell did not come to its end, if so; an error that it throws is one of its outputs */
async function executeCell(
  cell: Cell,
  kernel: Kernel,
  outputs: Outputs,
  timeout: number,
): Promise<{ ename: string; evalue: string } | undefined> {
  let late = false;
  const timers = [
    setTimeout(() => {
      late = true;
      kernel.interrupt();
    }, timeout * 1000),
    setTimeout(() => kernel.kill(), timeout * 1000 + TIME_TO_STOP_MS.late),
  ];
  try {
    await kernel.execute(cell.source, !mayFail(cell), (message) => outputs.add(cell, message));
  } catch (error) {
    if (!(error instanceof KernelDied)) throw error;
    if (!late) return { ename: 'KernelDied', evalue: error.message };
  } finally {
    for (const timer of timers) clearTimeout(timer);
  }
  return late ? { ename: 'Timeout', evalue: `the cell took more than ${timeout} s` } : undefined;
}

/** Looks at all cells: an error may come after the end of its cell, from a promise or a timer. */
function throwIfFailed(path: string, cells: readonly Cell[]): void {
  for (const [i, cell] of cells.entries()) {
    const error = cell.outputs?.find((output) => output.output_type === 'error') as
      | Extract<Output, { output_type: 'error' }>
      | undefined;
    if (error && !mayFail(cell))
      throw new NotebookError(path, i + 1, error.ename, error.evalue, error.traceback);
  }
}

function mayFail(cell: Cell): boolean {
  return cell.metadata.tags?.includes('raises-exception') ?? false;
}
