import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '../util/files';

/** One point of a curve of the paper, read off its figures. */
export interface PaperPoint {
  task: string;
  /** 'mnist', 'fashion-mnist' or 'mnist-4digits'. */
  dataset: string;
  trainRotated: boolean;
  testRotated: boolean;
  /** As the paper names it: 'S2CNN 204k'. */
  model: string;
  images: number;
  /** Accuracy, or mIoU without background, in percent. */
  score: number;
  /** How well the plot could be read, in percent. */
  readError: number;
  /** The figure. */
  source: string;
}

const columns =
  'task,dataset,train_rotated,test_rotated,model,training_images,score_percent,read_error,source';

/** Reads the paper's curves. @throws Error if the file is not as it should be */
export function readPaperCurves(path = join(repositoryRoot, 'data', 'paper', 'curves.csv')): PaperPoint[] {
  const [head, ...lines] = readFileSync(path, 'utf8').trimEnd().split(/\r?\n/);
  if (head !== columns) throw new Error(`${path}: expected the columns ${columns}, got ${head}`);
  return lines.map(pointOf);
}

function pointOf(line: string): PaperPoint {
  const [task, dataset, trainRotated, testRotated, model, images, score, readError, ...source] =
    line.split(',');
  return {
    task,
    dataset,
    trainRotated: trainRotated === 'yes',
    testRotated: testRotated === 'yes',
    model,
    images: Number(images),
    score: Number(score),
    readError: Number(readError),
    source: source.join(',').replace(/^"|"$/g, ''),
  };
}
