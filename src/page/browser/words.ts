import type { Task } from '../../datasets/task';
import type { PageNetwork } from '../payload';
import type { Answer, Subject } from './messages';
import { partsOf, type Turn } from './turn';

/** How well an answer does. */
export interface Verdict {
  /** of the mask: its digit is the true one, and at least half of the union is shared */
  isRight: boolean;
  /** one line */
  text: string;
}

/** A mask counts as right from here on. */
const halfway = 0.5;

/** What an answer says, and whether that is right, or as upright. */
export function verdictOf({ task, label }: Subject, answer: Answer, upright: Answer): Verdict {
  const truth = label ?? upright.said;
  const isSame = answer.said === upright.said;
  if (task === 'classification')
    return {
      isRight: answer.said === truth,
      text: isSame ? 'the same as upright' : `upright it said ${upright.said}`,
    };
  const found = answer.said === null ? 'finds no digit' : `finds a ${answer.said}`;
  const before = `${percent(upright.score)} upright`;
  return {
    isRight: answer.said === truth && answer.score >= halfway,
    text: `${found}; IoU ${percent(answer.score)}, ${before}`,
  };
}

/** "S2CNN" */
export function familyName({ network }: Pick<PageNetwork, 'network'>): string {
  return network.family === 's2cnn' ? 'S2CNN' : 'CNN';
}

/** "trained on rotated digits" */
export function trainingWords({ training }: Pick<PageNetwork, 'training'>): string {
  return `trained on ${training} digits`;
}

/** Who learned what and how well, of the network's card. */
export function cardWords({ images, scoreRotated, task, converged, network }: PageNetwork): string {
  const measure = task === 'classification' ? 'of rotated test digits right' : 'mIoU on rotated test digits';
  const end = converged ? '' : '; training not converged';
  const oversampling = network.family === 's2cnn' ? (network.oversampling ?? 1) : 1;
  const grid = oversampling > 1 ? `; ReLU on a grid ${oversampling} times as fine` : '';
  return `${images.toLocaleString('en')} images; ${scoreRotated.toFixed(1)} % ${measure}${grid}${end}`;
}

/** "tilted 60°, rolled 15°" */
export function turnWords(turn: Turn, degree = '°'): string {
  const { tilt, roll } = partsOf(turn);
  const [t, r] = [tilt, roll].map((angle) => Math.round((180 * angle) / Math.PI));
  if (t === 0 && r === 0) return 'upright';
  const rolled = r === 0 ? '' : `, rolled ${r}${degree}`;
  return t === 0 ? `rolled ${r}${degree}` : `tilted ${t}${degree}${rolled}`;
}

/** What a survey measures, for its share in percent. */
export function shareWords(task: Task, isDrawn: boolean): string {
  if (task === 'segmentation') return 'mean IoU over all tilts';
  return isDrawn ? 'of all tilts: as upright' : 'of all tilts: right';
}

export function percent(share: number): string {
  const percent = Math.round(100 * share);
  return `${share < 1 ? Math.min(99, percent) : percent}\u00a0%`; // 100 only without an error
}
