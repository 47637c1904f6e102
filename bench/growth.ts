import { join } from 'node:path';
import type { Figure } from '../src/figures/parts/figure';
import { axis, baseLayout, markerSize, seriesStyle } from '../src/figures/parts/theme';
import { toCsv } from '../src/figures/render/csv';
import { renderFigure } from '../src/figures/render/render';
import { writeFileAtomic } from '../src/util/files';
import { convolutionStep } from './cases';
import { startCounting } from './counted_heap';
import { measure } from './measure';

interface Point {
  bandwidth: number;
  milliseconds: number;
  gflop: number;
}

const [batch, channels] = [2, 10];

/** Times SO3Conv, forward and backward, on one thread over growing bandwidths; writes growth.csv, .svg and .png. */
export async function writeGrowth(folder: string): Promise<void> {
  const { flops } = await startCounting();
  const points: Point[] = [];
  for (const bandwidth of [8, 12, 16, 24, 32, 42]) {
    const step = convolutionStep(bandwidth, batch, channels);
    const before = flops();
    await step();
    const gflop = (flops() - before) / 1e9;
    const { median } = await measure(step);
    points.push({ bandwidth, milliseconds: median, gflop });
    console.log(`bandwidth ${bandwidth}: ${median.toFixed(1)} ms, ${gflop.toFixed(2)} GFLOP`);
  }
  const time = exponent(points, ({ milliseconds }) => milliseconds);
  const arithmetic = exponent(points, ({ gflop }) => gflop);
  console.log(`time grows as b^${time.toFixed(2)}, arithmetic as b^${arithmetic.toFixed(2)}`);
  const figure = growthFigure(points, time, arithmetic);
  const { svg, png } = await renderFigure(figure);
  writeFileAtomic(join(folder, 'growth.csv'), toCsv(figure.rows!));
  writeFileAtomic(join(folder, 'growth.svg'), svg);
  writeFileAtomic(join(folder, 'growth.png'), png);
}

/** Slope of log(value) over log(bandwidth), by least squares. */
function exponent(points: Point[], value: (point: Point) => number): number {
  const x = points.map(({ bandwidth }) => Math.log(bandwidth));
  const y = points.map((point) => Math.log(value(point)));
  const mean = (values: number[]) => values.reduce((sum, v) => sum + v, 0) / values.length;
  const [mx, my] = [mean(x), mean(y)];
  const covariance = mean(x.map((v, i) => (v - mx) * (y[i] - my)));
  return covariance / mean(x.map((v) => (v - mx) ** 2));
}

/** The arithmetic is drawn as the time that it would take at the rate of the largest bandwidth. */
function growthFigure(points: Point[], time: number, arithmetic: number): Figure {
  const last = points[points.length - 1];
  const x = points.map(({ bandwidth }) => bandwidth);
  const scaled = points.map(({ gflop }) => (gflop * last.milliseconds) / last.gflop);
  const [measured, counted] = [seriesStyle('s2cnn', 0), seriesStyle('cnn', 1)];
  const line = (style: typeof measured, name: string, y: number[]) => ({
    type: 'scatter' as const,
    mode: 'lines+markers' as const,
    name,
    x,
    y,
    line: { color: style.color, dash: style.dash, width: 2 },
    marker: { color: style.color, symbol: style.symbol, size: markerSize(style.symbol) },
  });
  const label = (style: typeof measured, text: string, y: number, shift: number) => ({
    text,
    x: Math.log10(x[1]),
    y: Math.log10(y),
    xanchor: shift > 0 ? ('right' as const) : ('left' as const),
    yshift: shift,
    showarrow: false,
    font: { color: style.textColor },
  });
  return {
    data: [
      line(counted, 'arithmetic', scaled),
      line(
        measured,
        'time',
        points.map(({ milliseconds }) => milliseconds),
      ),
    ],
    layout: {
      ...baseLayout({
        title: 'SO(3) convolution, forward and backward',
        subtitle: [`batch ${batch} · ${channels} to ${channels} channels · one thread, BLAS`],
      }),
      xaxis: axis('Bandwidth', { type: 'log', tickvals: x, ticktext: x.map(String) }),
      yaxis: axis('Milliseconds', { type: 'log', dtick: 1 }),
      annotations: [
        label(measured, `time: b<sup>${time.toFixed(1)}</sup>`, points[1].milliseconds, 18),
        label(
          counted,
          `arithmetic at the rate of b = ${last.bandwidth}: b<sup>${arithmetic.toFixed(1)}</sup>`,
          scaled[1],
          -22,
        ),
      ],
    },
    alt: `Time of an SO(3) convolution over the bandwidth: it grows as b to the ${time.toFixed(1)}, its arithmetic as b to the ${arithmetic.toFixed(1)}.`,
    rows: points.map(({ bandwidth, milliseconds, gflop }) => ({ bandwidth, milliseconds, gflop })),
  };
}
