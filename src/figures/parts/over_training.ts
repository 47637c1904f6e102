import type { LayoutAxis } from 'plotly.js-dist';
import { extent } from '../../util/extent';
import { compactCount } from './numbers';
import { axis } from './theme';

/** Pixels between the two plots. */
const gap = 28;

/** A plot's axis of values, and what it shows: of a logarithmic one the range's logarithms. */
interface Values {
  readonly title: string;
  readonly range: [number, number];
  readonly further?: Partial<LayoutAxis>;
}

/** What charts over a training share: two plots one above the other over the training spheres seen. */
export class PlotsOverTraining {
  readonly axes: Record<'xaxis' | 'yaxis' | 'xaxis2' | 'yaxis2', Partial<LayoutAxis>>;
  private readonly spheres: ReturnType<typeof spheresAxis>;
  private readonly heights: { above: number; below: number };

  /**
   * @param inside of both plots together, in pixels
   * @param last of the spheres seen
   * @param lowerShare of the height
   */
  constructor(
    private readonly inside: { width: number; height: number },
    last: number,
    private readonly values: { above: Values; below: Values },
    lowerShare: number,
  ) {
    this.spheres = spheresAxis(last, inside.width);
    const plots = 1 - gap / inside.height;
    this.heights = { below: lowerShare * plots, above: (1 - lowerShare) * plots };
    const { layout } = this.spheres;
    const { above, below } = values;
    this.axes = {
      xaxis: { ...layout, title: { text: '' }, showticklabels: false, anchor: 'y' },
      yaxis: axis(above.title, { range: above.range, domain: [1 - this.heights.above, 1], ...above.further }),
      xaxis2: { ...layout, anchor: 'y2' },
      yaxis2: axis(below.title, {
        range: below.range,
        domain: [0, this.heights.below],
        anchor: 'x2',
        ...below.further,
      }),
    };
  }

  /** In pixels from the upper left corner. */
  place(plot: 'above' | 'below', spheres: number, value: number): { x: number; y: number } {
    const { inside, heights } = this;
    const [low, high] = this.values[plot].range;
    const depth = (high - value) / (high - low);
    const y = plot === 'above' ? heights.above * depth : 1 - heights.below + heights.below * depth;
    return { x: inside.width * this.spheres.position(spheres), y: inside.height * y };
  }
}

/** From 0 on, at round numbers of spheres. */
function spheresAxis(last: number, width: number) {
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
