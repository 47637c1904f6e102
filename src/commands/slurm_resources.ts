import type { Experiment } from '../experiments/experiment';
import { openStore } from '../results/store';
import { Estimate } from '../running/estimate';
import { jobBytes } from '../running/memory';
import { type Resources, slurmTime } from '../running/slurm';
import { check, checkOneOf } from '../util/check';
import { integerOf, wordOf } from './arguments';
import type { StudyChoice } from './choice';
import type { Option, Values } from './command';

/** What a task gets of a cluster. */
const resourceOptions = {
  partition: { type: 'string', value: 'NAME', help: 'partition of the cluster' },
  account: { type: 'string', value: 'NAME', help: 'account that is charged' },
  gpus: { type: 'string', value: 'N', help: 'GPUs of a task, as in 1 or a100:1 (none)' },
  cpus: { type: 'string', value: 'N', help: 'cores of a task (1; 8 for the paper tier without a GPU)' },
  mem: { type: 'string', value: 'M', help: 'memory of a task, as in 8G (what its experiment needs)' },
  time: {
    type: 'string',
    value: 'T',
    help: 'time limit, as in 12:00:00 (what it is likely to take, a day at most);\na task that reaches it saves, and goes back into the queue',
  },
  sbatch: {
    type: 'string',
    value: 'WORDS',
    help: 'more options of sbatch, as in --sbatch="--qos=long --exclude=node7"',
  },
} as const satisfies Record<string, Option>;

/** Options of a command that can submit what it would run. */
export const slurmOptions = {
  on: {
    type: 'string',
    value: 'slurm',
    help: 'submit what is not finished as a job array, an experiment a task, at most\n--jobs of them at once; with --dry-run: print its script',
  },
  ...resourceOptions,
} as const satisfies Record<string, Option>;

/** What sbatch takes for each: see its manual page. */
const spellings: Record<keyof typeof resourceOptions, { pattern: RegExp; example: string }> = {
  partition: { pattern: /^[\w.-]+(,[\w.-]+)*$/, example: 'a name, or several as in a,b' },
  account: { pattern: /^[\w.-]+$/, example: 'a name' },
  gpus: { pattern: /^([\w.-]+:)?[1-9]\d*$/, example: 'a number, as in 1 or a100:1' },
  cpus: { pattern: /^[1-9]\d*$/, example: 'an integer of at least 1' },
  mem: { pattern: /^[1-9]\d*[KMGT]?$/i, example: 'an amount of memory, as in 8G' },
  time: { pattern: /^(\d+-)?\d+(:\d+){0,2}$/, example: 'a time as in 12:00:00 or 2-00:00:00' },
  sbatch: { pattern: /^\s*-[^\n]*$/, example: 'options of sbatch, as in --sbatch="--qos=long"' },
};

/**
 * Whether experiments are to be submitted.
 * @throws UsageError for another place, for resources where nothing is submitted, or those that sbatch cannot read
 */
export function isOnSlurm(values: Values): boolean {
  const place = wordOf(values.on);
  if (place !== undefined) checkOneOf('place', place, ['slurm']);
  for (const option of Object.keys(resourceOptions) as (keyof typeof resourceOptions)[]) {
    const word = wordOf(values[option]);
    if (word === undefined) continue;
    check(place !== undefined, `--${option}: only with --on slurm`);
    const { pattern, example } = spellings[option];
    check(pattern.test(word), `--${option}: expected ${example}, got "${word}"`);
  }
  return place !== undefined;
}

const DAY = 24 * 3600;

/** Until the first step, at most. */
const SECONDS_TO_START = 900;

/** Of the process beside the job's, measured. */
const PARENT_BYTES = 4e8;

/** What the libraries of a GPU take of the main memory. */
const GPU_BYTES = 4e9;

/** What is asked for, or else what the most demanding of the experiments needs, with a margin. */
export function resourcesOf(
  experiments: readonly Experiment[],
  { tier, folders }: StudyChoice,
  values: Values,
): Resources {
  const word = (name: keyof typeof resourceOptions) => wordOf(values[name]);
  const gpus = word('gpus');
  const estimate = new Estimate(openStore(folders.results), experiments);
  const seconds = Math.max(...experiments.map((e) => estimate.seconds([e])));
  const job = Math.max(...experiments.map((e) => jobBytes(e, 1)));
  const bytes = job + PARENT_BYTES + (gpus ? GPU_BYTES : 0);
  return {
    partition: word('partition'),
    account: word('account'),
    gpus,
    cpus: integerOf('cpus', values, 1) ?? (tier.sideBySide || gpus ? 1 : 8),
    mem: word('mem') ?? `${Math.ceil((1.25 * bytes) / 2 ** 30)}G`,
    time: word('time') ?? slurmTime(Math.min(DAY, 2 * seconds + SECONDS_TO_START)),
    options: word('sbatch')?.trim().split(/\s+/) ?? [],
  };
}
