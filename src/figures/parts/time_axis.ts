import type { LayoutAxis } from 'plotly.js-dist';
import { extent } from '../../util/extent';
import { axis } from './theme';

const ticks = [
  1, 2, 5, 10, 30, 60, 120, 300, 600, 1200, 1800, 3600, 7200, 18000, 36000, 86400, 172800, 604800,
];

/** Pixels that a tick's label needs. */
const TICK_ROOM = 44;

/**
 * A logarithmic axis of times with ticks as people say them, none so near its neighbour that their labels touch.
 * @param seconds all times that are seen
 * @param width of the plot in pixels
 */
export function timeAxis(title: string, seconds: readonly number[], width: number) {
  const [least, largest] = extent(seconds);
  const range: [number, number] = [Math.log10(0.7 * least), Math.log10(1.4 * largest)];
  const position = (value: number) => (Math.log10(value) - range[0]) / (range[1] - range[0]);
  const kept: number[] = [];
  for (const tick of ticks.filter((t) => position(t) >= 0 && position(t) <= 1))
    if (kept.length === 0 || (position(tick) - position(kept[kept.length - 1])) * width >= TICK_ROOM)
      kept.push(tick);
  const layout: Partial<LayoutAxis> = axis(title, {
    type: 'log',
    range,
    tickvals: kept,
    ticktext: kept.map(shortTime),
  });
  return { layout, position };
}

/** A time in one unit with two or three digits: 85 s, 2.3 min, 1.9 h. */
export function roundedTime(seconds: number): string {
  if (seconds < 99.5) return `${Number(seconds.toPrecision(2))} s`;
  if (seconds < 5970) return `${Number((seconds / 60).toPrecision(2))} min`;
  return `${Number((seconds / 3600).toPrecision(seconds < 36_000 ? 2 : 3))} h`;
}

function shortTime(seconds: number): string {
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return `${seconds / 60} min`;
  return seconds < 86400 ? `${seconds / 3600} h` : `${seconds / 86400} d`;
}
