import {
  closeSync,
  existsSync,
  fstatSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { makeFolder, namingFile } from '../util/files';
import { experimentsIn, logName, submit } from './slurm';

/** A job array that was submitted: a folder of its name with its script and the logs of its tasks. */
export interface Submitted {
  name: string;
  folder: string;
  submitted: Date;
  /** ids of experiments, by the index of their task */
  ids: readonly string[];
}

const SCRIPT = 'job.sh';
const PREFIX = 'equisphere-';

/** The arrays under a folder, the latest first. */
export function submittedArrays(folder: string): Submitted[] {
  const names = existsSync(folder) ? readdirSync(folder).filter((name) => name.startsWith(PREFIX)) : [];
  return names
    .map((name) => readArray(join(folder, name)))
    .sort((a, b) => b.submitted.getTime() - a.submitted.getTime());
}

/**
 * Submits an array. Its folder is there before its first task can begin.
 * @param script of the array of that name, whose logs go to that folder
 * @returns the number of the job, and the folder
 * @throws UsageError if Slurm does not take it
 */
export function submitArray(
  folder: string,
  script: (name: string, folder: string) => string,
): { job: string; folder: string } {
  makeFolder(folder);
  const own = mkdtempSync(join(folder, PREFIX));
  try {
    const path = join(own, SCRIPT);
    namingFile(path, () => writeFileSync(path, script(basename(own), own)));
    return { job: submit(path), folder: own };
  } catch (error) {
    rmSync(own, { recursive: true });
    throw error;
  }
}

/** What a task last said, without the lines that tell where in the program; undefined if it said nothing. */
export function lastLine({ folder }: Submitted, index: number): string | undefined {
  const path = join(folder, logName(index));
  if (!existsSync(path)) return undefined;
  return endOf(path)
    .split('\n')
    .map((line) => line.trimEnd())
    .filter((line) => line !== '' && !/^\s+at /.test(line))
    .at(-1);
}

function readArray(folder: string): Submitted {
  const script = join(folder, SCRIPT);
  const isWhole = existsSync(script); // not yet, while it is being submitted
  return {
    name: basename(folder),
    folder,
    submitted: statSync(isWhole ? script : folder).mtime,
    ids: isWhole ? experimentsIn(readFileSync(script, 'utf8')) : [],
  };
}

/** The last few lines of a file. */
function endOf(path: string): string {
  const file = openSync(path, 'r');
  try {
    const bytes = Buffer.alloc(8192);
    const start = Math.max(0, fstatSync(file).size - bytes.length);
    return bytes.toString('utf8', 0, readSync(file, bytes, 0, bytes.length, start));
  } finally {
    closeSync(file);
  }
}
