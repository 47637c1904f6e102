import { checkOneOf } from '../util/check';

/** What a network is asked: which digit a sphere shows, or which points belong to it. */
export type Task = 'classification' | 'segmentation';

export const tasks: readonly Task[] = ['classification', 'segmentation'];

/** @throws UsageError unless the task is one of ours */
export function checkTask(task: string): Task {
  return checkOneOf('task', task, tasks);
}

/** Classes of a task: the ten labels; for masks the background before them. */
export function classCount(task: Task): number {
  return task === 'classification' ? 10 : 11;
}

/** The measure of a task, in words. */
export function scoreName(task: Task): string {
  return task === 'segmentation' ? 'non-background mIoU' : 'accuracy';
}
