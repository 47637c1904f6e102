import { type Experiment, experimentId } from '../experiments/experiment';
import type { Store } from '../results/store';
import { heldBy } from './lock';
import { type ArrayTask, endedTasks, isOver, queuedTasks } from './slurm';
import { lastLine, type Submitted, submittedArrays } from './task_arrays';
import { lockPath } from './trained';

/** Where an experiment stands. */
export interface Standing {
  experiment: Experiment;
  /** stopped: a task of it ended before it was finished; open: nobody is at it */
  state: 'done' | 'running' | 'pending' | 'stopped' | 'open';
  /** optimiser steps done that results tell of */
  step: number;
  /** who runs it, what it waits for, or why it stopped */
  detail: string;
}

/** Whether it is not done and nobody is at it. */
export function isOpen({ state }: Standing): boolean {
  return state === 'stopped' || state === 'open';
}

export interface Places {
  store: Store;
  /** folder of checkpoints and locks */
  runs: string;
  /** folder of submitted job arrays */
  slurm: string;
}

/**
 * Where experiments stand, in the same order: by their results, their locks, and what Slurm knows of their tasks.
 * @throws UsageError if there are tasks of some that are not finished, and Slurm cannot be asked
 */
export function standings(experiments: readonly Experiment[], places: Places): Standing[] {
  const left = new Set(experiments.filter((e) => !places.store.finished(e)).map(experimentId));
  const arrays = submittedArrays(places.slurm).filter(({ ids }) => ids.some((id) => left.has(id)));
  const tasks = tasksOf(arrays, left);
  return experiments.map((e) => standingOf(e, places, arrays, tasks));
}

/** The tasks of some arrays, with those that are long gone where an experiment of them is left. */
function tasksOf(arrays: readonly Submitted[], left: ReadonlySet<string>): ArrayTask[] {
  if (arrays.length === 0) return [];
  const queued = queuedTasks(arrays.map(({ name }) => name));
  const forgotten = arrays.filter(({ name, ids }) =>
    ids.some((id, index) => left.has(id) && !queued.some((task) => isAt(task, name, index))),
  );
  if (forgotten.length === 0) return queued;
  const names = forgotten.map(({ name }) => name);
  return [...queued, ...endedTasks(names, forgotten.at(-1)!.submitted)];
}

function standingOf(
  e: Experiment,
  { store, runs }: Places,
  arrays: readonly Submitted[],
  tasks: readonly ArrayTask[],
): Standing {
  const stored = store.read(e);
  const id = experimentId(e);
  const step = stored?.final?.steps ?? stored?.validations.at(-1)?.step ?? 0;
  const at = (state: Standing['state'], detail = '') => ({ experiment: e, state, step, detail });
  if (stored?.final) return at('done');

  const found = arrays
    .filter(({ ids }) => ids.includes(id))
    .map((array) => ({ array, index: array.ids.indexOf(id) }))
    .map((place) => ({ ...place, task: tasks.find((t) => isAt(t, place.array.name, place.index)) }));
  const active = found.find(({ task }) => task && !isOver(task))?.task;
  if (active && active.state !== 'pending') return at('running', `${active.state} ${active.detail}`);
  const holder = heldBy(lockPath(runs, id));
  if (holder) return at('running', holder);
  if (active) return at('pending', `${active.state} ${active.detail}`);
  const latest = found[0];
  const line = latest && lastLine(latest.array, latest.index);
  const ended = [latest?.task?.state ?? (line && 'ended'), line].filter(Boolean).join(': ');
  return ended ? at('stopped', ended) : at('open');
}

function isAt(task: ArrayTask, array: string, index: number): boolean {
  return task.array === array && task.index === index;
}
