import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { numbersVersion } from '../experiments/numbers_version';
import { repositoryRoot } from '../util/files';

/** What made a result. */
export interface Provenance {
  /** version of the numbers (experiments/numbers_version.ts) */
  numbers: number;
  versions: { equisphere: string; node: string; tfjs: string };
  /** of the sources, with "+changes" if they were not as committed; empty outside a git checkout */
  commit: string;
}

/** Of what this process computes. */
export function currentProvenance(): Provenance {
  const { version } = JSON.parse(readFileSync(join(repositoryRoot, 'package.json'), 'utf8'));
  return {
    numbers: numbersVersion,
    versions: { equisphere: version, node: process.versions.node, tfjs: tf.version_core },
    commit: commit(),
  };
}

/** Whether a commit, as above, names sources that can be had again. */
export function isClean({ commit }: Pick<Provenance, 'commit'>): boolean {
  return commit !== '' && !commit.endsWith('+changes');
}

function commit(): string {
  const head = git('rev-parse', '--short=12', 'HEAD');
  return head && git('status', '--porcelain', '--', 'src', 'package.json') ? `${head}+changes` : head;
}

function git(...args: string[]): string {
  const run = spawnSync('git', args, { cwd: repositoryRoot, encoding: 'utf8' });
  return run.status === 0 ? run.stdout.trim() : '';
}
