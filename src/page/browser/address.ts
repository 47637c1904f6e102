import type { Task } from '../../datasets/task';
import { type Turn, unit, upright } from './turn';

/** What the page's address says: `#img=12&task=seg&q=0.5,0.866,0,0`. */
export interface Place {
  /** number of the image; null for one that the visitor drew */
  image: number | null;
  task: Task;
  turn: Turn;
}

/** Reads it; what is not there, or not right, is the image `first`, the first task, upright. */
export function readAddress(hash: string, images: number, tasks: readonly Task[], first = 0): Place {
  const words = new URLSearchParams(hash.replace(/^#/, ''));
  const image = Number(words.get('img') ?? first);
  const asked: Task = words.get('task') === 'seg' ? 'segmentation' : 'classification';
  const parts = (words.get('q') ?? '').split(',').map(Number);
  const isTurn = parts.length === 4 && parts.every(Number.isFinite);
  return {
    image: Number.isInteger(image) && image >= 0 && image < images ? image : first,
    task: tasks.includes(asked) ? asked : tasks[0],
    turn: isTurn ? unit([parts[0], parts[1], parts[2], parts[3]]) : upright,
  };
}

export function addressOf({ image, task, turn }: Place): string {
  const q = turn.map((part) => Number(part.toFixed(4))).join(',');
  const img = image === null ? '' : `img=${image}&`;
  return `#${img}task=${task === 'segmentation' ? 'seg' : 'class'}&q=${q}`;
}
