/** What charts over a training share: two plots one above the other, and the spheres seen below both. */
import type { LayoutAxis } from 'plotly.js-dist';
import { extent } from '../../util/extent';
import { compactCount } from './numbers';
import { axis } from './theme';

/** Pixels between the two plots. */
const gap = 28;

/** Heights of two plots, as shares of the room that they have together. */
export function twoPlots(height: number, lowerShare: number): { below: number; above: number } {
  const plots = 1 - gap / height;
  return { below: lowerShare * plots, above: (1 - lowerShare) * plots };
}

/** From 0 on, at round numbers of spheres. */
export function spheresAxis(last: number, width: number) {
  const step = roundStep((last * 70) / width);
  const ticks = Array.from({ length: Math.floor(last / step) + 1 }, (_, i) => i * step);
  const range: [number, number] = [-0.03 * last, 1.03 * last];
  const layout: Partial<LayoutAxis> = axis('Training spheres seen', {
    range,
    tickvals: ticks,
    ticktext: ticks.map(compactCount),
  });
  return { layout, position: (value: number) => (value - range[0]) / (range[1] - range[0]) };
}

/** The next of 1, 2 and 5 times a power of ten. */
function roundStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least));
  return [1, 2, 5, 10].map((factor) => factor * power).find((step) => step >= least)!;
}

/** With a little room above and below. */
export function rangeOf(values: number[]): [number, number] {
  const [low, high] = extent(values);
  const room = 0.08 * (high - low || 1);
  return [low - room, high + room];
}
