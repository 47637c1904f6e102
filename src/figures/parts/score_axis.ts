import type { LayoutAxis } from 'plotly.js-dist';
import { extent } from '../../util/extent';
import { axis } from './theme';

/** An axis of scores in percent with its range. */
export interface ScoreAxis {
  layout: Partial<LayoutAxis>;
  range: [number, number];
}

/** An axis that holds all scores with some room, from 0 or more on and, if all are percentages, to 100 and a little more. */
export function scoreAxis(title: string, scores: readonly number[]): ScoreAxis {
  const [low, high] = extent(scores);
  const room = Math.max(1, 0.07 * (high - low));
  const range: [number, number] = [
    Math.max(-1, low - room),
    high > 100 ? high + room : Math.min(101, high + room),
  ];
  return { layout: axis(title, { range }), range };
}
