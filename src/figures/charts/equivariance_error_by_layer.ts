import type { Data } from 'plotly.js-dist';
import { check } from '../../util/check';
import type { Figure } from '../parts/figure';
import { axis, baseLayout, fontSizes, leaderColor, seriesStyle } from '../parts/theme';

/** Relative errors behind one layer. */
export interface LayerError {
  layer: string;
  /** Of the network: rotated then passed on, against passed on then rotated. */
  error: number;
  /** What rotating by interpolation on the grid alone would cost; of maps on the sphere only. */
  interpolation?: number;
}

/**
 * The equivariance error behind each layer, on a logarithmic axis, next to the error that plain interpolation makes.
 * @param note says what was measured: network, bandwidth, before or after training
 * @throws UsageError if there are no rows
 */
export function equivarianceErrorByLayer(rows: readonly LayerError[], note = ''): Figure {
  check(rows.length > 0, 'equivarianceErrorByLayer: no layers');
  const floor = Math.min(
    ...rows.flatMap((r) => [r.error, r.interpolation ?? 0]).filter((value) => value > 0),
    1e-3,
  );
  const range: [number, number] = [Math.floor(Math.log10(floor)), 0.3];
  const layout = baseLayout({
    title: 'Equivariance error behind each layer',
    subtitle: [note, legend()].filter(Boolean),
    height: 160 + 30 * rows.length,
    margin: { l: 24 + 7.6 * Math.max(...rows.map((r) => r.layer.length)), r: 40 },
  });
  return {
    data: [
      connections(rows, 10 ** range[0]),
      trace(rows, 'interpolation', 'rotation by interpolation'),
      trace(rows, 'error', 'network'),
    ],
    layout: {
      ...layout,
      xaxis: axis('Relative error (root mean square)', {
        type: 'log',
        range,
        dtick: 1,
        exponentformat: 'power',
      }),
      yaxis: {
        range: [rows.length - 0.4, -0.6],
        tickvals: rows.map((_, i) => i),
        ticktext: rows.map((r) => r.layer),
        tickfont: { size: fontSizes.label },
        showgrid: false,
        zeroline: false,
      },
    },
    alt: altText(rows),
    rows: rows.map(({ layer, error, interpolation = null }) => ({ layer, error, interpolation })),
  };
}

const network = seriesStyle('s2cnn', 0);
const baseline = seriesStyle('cnn', 1);

function legend(): string {
  return (
    `<span style="color:${network.textColor}"><b>filled: the network</b></span>, ` +
    `<span style="color:${baseline.textColor}">hollow: rotating a map on the sphere by interpolation</span>`
  );
}

function connections(rows: readonly LayerError[], floor: number): Data {
  return {
    type: 'scatter',
    mode: 'lines',
    x: rows.flatMap(({ error, interpolation = error }) => [
      Math.max(error, floor),
      Math.max(interpolation, floor),
      null,
    ]),
    y: rows.flatMap((_, i) => [i, i, null]),
    line: { color: leaderColor, width: 2 },
    hoverinfo: 'skip',
  };
}

function trace(rows: readonly LayerError[], key: 'error' | 'interpolation', name: string): Data {
  const filled = key === 'error';
  const color = filled ? network.color : baseline.color;
  return {
    type: 'scatter',
    mode: 'markers',
    name,
    x: rows.map((row) => row[key] ?? null),
    y: rows.map((_, i) => i),
    marker: {
      symbol: filled ? 'circle' : 'diamond',
      size: 11,
      color: filled ? color : 'white',
      line: { color, width: 2 },
    },
    hovertemplate: '%{x:.2e}<extra>%{fullData.name}</extra>',
  };
}

function altText(rows: readonly LayerError[]): string {
  const layers = rows.map(({ layer, error, interpolation }) => {
    const baseline = interpolation === undefined ? '' : `, interpolation ${interpolation.toExponential(1)}`;
    return `${layer}: ${error.toExponential(1)}${baseline}`;
  });
  return `Dot plot of the relative equivariance error behind each layer, logarithmic. ${layers.join('. ')}.`;
}
