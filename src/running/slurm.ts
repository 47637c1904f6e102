import { spawnSync } from 'node:child_process';
import { UsageError } from '../util/check';

/** What each task gets of the cluster, in Slurm's own words; what is not given is left to the cluster. */
export interface Resources {
  partition?: string;
  account?: string;
  gpus?: string;
  cpus: number;
  mem: string;
  time: string;
  /** further options of sbatch */
  options: readonly string[];
}

/** Experiments as a job array, one a task. */
export interface TaskArray {
  /** of the jobs; it tells the array from all others */
  name: string;
  experiments: readonly { id: string; about: string }[];
  /** tasks at once, at most; undefined: as many as the cluster gives */
  atOnce?: number;
  resources: Resources;
  /** what runs one experiment; its id is put behind the words */
  command: readonly string[];
  /** where the command runs */
  directory: string;
  /** of the tasks' logs */
  folder: string;
  /** where an experiment with anything to go on from has a folder of its id */
  kept: string;
}

/** What Slurm knows of a task. */
export interface ArrayTask {
  /** the array's name */
  array: string;
  index: number;
  /** in lower case, as in `pending`, `running`, `out_of_memory` */
  state: string;
  /** the node it runs on, for how long; or why it waits */
  detail: string;
}

/** Seconds before the time limit at which a task is told to save: a step and a checkpoint take less. */
const SECONDS_TO_SAVE = 120;

/** States of a task that will not go on by itself. */
const over = [
  ...['boot_fail', 'cancelled', 'completed', 'deadline', 'failed', 'node_fail', 'out_of_memory'],
  ...['preempted', 'revoked', 'timeout'],
];

export function isOver({ state }: ArrayTask): boolean {
  return over.includes(state);
}

/** The file of a task's output, over all its sittings. */
export function logName(index: number | string): string {
  return `${index}.log`;
}

/**
 * The script of a job array.
 *
 * Cancelled or pre-empted, a task gets SIGTERM with all its processes; it saves, and Slurm puts it back into the queue
 * if it was pre-empted. Near its time limit it gets SIGUSR1 instead: then it saves, and puts itself back, if there is
 * something to go on from.
 */
export function scriptOf(array: TaskArray): string {
  const { experiments, command, kept } = array;
  return `#!/bin/bash
${directives(array)
  .map((words) => `#SBATCH ${words}`)
  .join('\n')}

experiments=(
${experiments.map(({ id, about }) => `  ${id} # ${about}`).join('\n')}
)
id=\${experiments[$SLURM_ARRAY_TASK_ID]}
export EQUISPHERE_THREADS=\${SLURM_CPUS_PER_TASK:-1}

trap 'near_limit=yes; kill -TERM $child' USR1
trap : TERM
${command.map(quoted).join(' ')} "$id" &
child=$!
# A trap ends a wait before the child has ended.
while wait $child; code=$?; kill -0 $child 2>/dev/null; do :; done

# 143: before it could listen to signals.
if [ "$near_limit" ] && [[ $code = 130 || $code = 143 ]] && [ -e ${quoted(kept)}/"$id" ]; then
  exec scontrol requeue "\${SLURM_ARRAY_JOB_ID}_$SLURM_ARRAY_TASK_ID"
fi
exit $code
`;
}

/** The ids of the experiments of a script, by the index of their task. */
export function experimentsIn(script: string): string[] {
  const [, list = ''] = script.match(/^experiments=\(\n((?: .*\n)*)\)/m) ?? [];
  return [...list.matchAll(/^ +(\w+)/gm)].map(([, id]) => id);
}

/** @returns the number of the job */
export function submit(script: string): string {
  return slurm('sbatch', '--parsable', script).trim().split(';')[0];
}

/** The tasks of some arrays that wait or run, or have ended a few minutes ago. */
export function queuedTasks(arrays: readonly string[]): ArrayTask[] {
  const fields = '--format=%j|%K|%T|%M|%N|%r';
  return tasksIn(slurm('squeue', '--array', '--noheader', '--states=all', `--name=${arrays}`, fields));
}

/**
 * Tasks of some arrays that ended longer ago, as the accounts tell.
 * @param since when the first of them was submitted
 * @returns none if the cluster keeps no accounts
 */
export function endedTasks(arrays: readonly string[], since: Date): ArrayTask[] {
  // A day before: the cluster's clock has a time zone of its own.
  const day = new Date(since.getTime() - 24 * 3600_000).toISOString().slice(0, 10);
  const choice = ['--allocations', `--name=${arrays}`, `--starttime=${day}`];
  try {
    return accountedTasks(
      slurm('sacct', ...choice, '--noheader', '--parsable2', '--format=JobName,JobID,State,Elapsed,NodeList'),
    );
  } catch (error) {
    if (error instanceof UsageError) return [];
    throw error;
  }
}

/** Reads lines `name|index|STATE|elapsed|node|reason` of squeue. */
export function tasksIn(lines: string): ArrayTask[] {
  return fieldsOf(lines).flatMap(([array, index, state, elapsed, node, reason]) =>
    /^\d+$/.test(index)
      ? [taskOf(array, index, state, node ? `on ${node} for ${elapsed}` : `(${reason})`)]
      : [],
  );
}

/** Reads lines `name|job_index|STATE|elapsed|node` of sacct. */
export function accountedTasks(lines: string): ArrayTask[] {
  return fieldsOf(lines).flatMap(([array, job, state, elapsed, node]) => {
    const [, index] = job.match(/^\d+_(\d+)$/) ?? [];
    return index ? [taskOf(array, index, state, `on ${node} for ${elapsed}`)] : [];
  });
}

/** A job of Slurm that this process is part of. */
export interface SlurmJob {
  id: string;
  /** how often it was put back into the queue */
  restarts: number;
}

export function ownJob(): SlurmJob | undefined {
  const { SLURM_JOB_ID: id, SLURM_RESTART_COUNT: restarts = '0' } = process.env;
  return id ? { id, restarts: Number(restarts) } : undefined;
}

/** Seconds as Slurm takes them, in whole minutes: `26:05:00`. */
export function slurmTime(seconds: number): string {
  const minutes = Math.ceil(seconds / 60);
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}:00`;
}

function directives({ name, experiments, atOnce, directory, folder, resources }: TaskArray): string[] {
  const { partition, account, gpus, cpus, mem, time, options } = resources;
  const given = Object.entries({ partition, account, gpus, 'cpus-per-task': cpus, mem, time });
  return [
    `--job-name=${name}`,
    `--array=0-${experiments.length - 1}${atOnce ? `%${atOnce}` : ''}`,
    ...given.flatMap(([option, value]) => (value === undefined ? [] : [`--${option}=${value}`])),
    ...options,
    `--chdir=${quotedPath(directory)}`,
    `--output=${quotedPath(`${folder.replaceAll('%', '%%')}/${logName('%a')}`)}`,
    '--open-mode=append',
    '--requeue',
    `--signal=B:USR1@${SECONDS_TO_SAVE}`,
  ];
}

/** A word for the shell. */
function quoted(word: string): string {
  return /^[\w./:=@%+,-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

/** A path for a line of #SBATCH. */
function quotedPath(path: string): string {
  return /[\s#'"\\]/.test(path) ? `"${path.replace(/["\\]/g, '\\$&')}"` : path;
}

function fieldsOf(lines: string): string[][] {
  return lines
    .split('\n')
    .filter(Boolean)
    .map((line) => line.split('|'));
}

/** @param state as in `RUNNING`, `CANCELLED by 1000`, `CANCELLED+` */
function taskOf(array: string, index: string, state: string, detail: string): ArrayTask {
  return { array, index: Number(index), state: state.match(/^\w+/)![0].toLowerCase(), detail };
}

/**
 * Runs one of Slurm's programs.
 * @returns what it writes
 * @throws UsageError if it is not there, or with the last line of what it complains about
 */
function slurm(program: string, ...args: string[]): string {
  const { error, status, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8' });
  if (error && (error as NodeJS.ErrnoException).code === 'ENOENT')
    throw new UsageError(
      `${program} is not installed here: this needs a machine that can reach a Slurm cluster`,
    );
  if (error) throw error;
  if (status === 0) return stdout;
  const complaint = stderr.trim().split('\n').at(-1)!;
  throw new UsageError(complaint.startsWith(program) ? complaint : `${program}: ${complaint}`);
}
