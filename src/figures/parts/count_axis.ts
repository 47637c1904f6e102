import type { LayoutAxis } from 'plotly.js-dist';
import { extent } from '../../util/extent';
import { compactCount } from './numbers';
import { axis } from './theme';

/** An axis of counts with its range and the place of a count on it. */
export interface CountAxis {
  layout: Partial<LayoutAxis>;
  /** First and last count that is seen. */
  range: [number, number];
  /** Where a count lies between the ends: 0 to 1. */
  position(count: number): number;
}

/**
 * An axis for numbers of images: logarithmic if they span a factor of ten or more, ticks at the counts themselves.
 * @param width of the plot in pixels
 */
export function countAxis(title: string, counts: readonly number[], width = 474): CountAxis {
  const [low, high] = extent(counts);
  const logarithmic = high >= 10 * low;
  const [to, from] = logarithmic
    ? [Math.log10, (value: number) => 10 ** value]
    : [(value: number) => value, (value: number) => value];
  const margin = 0.04 * (to(high) - to(low) || to(high));
  const [start, end] = [to(low) - margin, to(high) + margin];
  const position = (count: number) => (to(count) - start) / (end - start);
  const ticks = thinned(
    [...new Set(counts)].sort((a, b) => a - b),
    position,
    TICK_ROOM / width,
  );
  return {
    layout: axis(title, {
      type: logarithmic ? 'log' : 'linear',
      range: [start, end],
      tickvals: ticks,
      ticktext: ticks.map(compactCount),
    }),
    range: [from(start), from(end)],
    position,
  };
}

/** Pixels that a tick's label needs. */
const TICK_ROOM = 36;

/** Leaves out counts whose labels would touch a kept one's; the first and the last are kept. */
function thinned(counts: number[], position: (count: number) => number, room: number): number[] {
  const last = counts[counts.length - 1];
  const kept: number[] = [];
  for (const count of counts) {
    const before = kept.length === 0 || position(count) - position(kept[kept.length - 1]) >= room;
    const after = count === last || position(last) - position(count) >= room;
    if (before && after) kept.push(count);
  }
  return kept;
}
