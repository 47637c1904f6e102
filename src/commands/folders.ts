import { join, resolve } from 'node:path';
import { outFolder, repositoryRoot } from '../util/files';
import { wordOf } from './arguments';
import type { Option, Values } from './command';

/** The results that this repository publishes; nothing writes here but `publish`. */
export const publishedFolder = join(repositoryRoot, 'data', 'published');

/** Results of single trainings, a folder each: no study reads them unless they are named. */
const singleFolder = join(outFolder, 'single');

/** Option of the commands that train. */
export const outOption = {
  out: { type: 'string', value: 'FOLDER', help: 'where results, figures and checkpoints go (out)' },
} as const satisfies Record<string, Option>;

/** Folders of a run: results, and out of its results what is drawn and kept beside them. */
export interface RunFolders {
  /** all of them are in it; absolute */
  out: string;
  results: string;
  /** checkpoints and trained weights */
  runs: string;
  /** job arrays that were submitted to Slurm: scripts and logs */
  slurm: string;
  figures: string;
  notebooks: string;
  /** the page that shows all of it */
  index: string;
}

export function runFolders(values: Values): RunFolders {
  return foldersIn(resolve(wordOf(values.out) ?? outFolder));
}

/** Of a single training. */
export function singleFolders(name: string): RunFolders {
  return foldersIn(join(singleFolder, name));
}

function foldersIn(out: string): RunFolders {
  return {
    out,
    results: join(out, 'results'),
    runs: join(out, 'runs'),
    slurm: join(out, 'slurm'),
    figures: join(out, 'figures'),
    notebooks: join(out, 'notebooks'),
    index: join(out, 'index.html'),
  };
}
