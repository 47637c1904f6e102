import { join } from 'node:path';
import { repositoryRoot } from '../../util/files';
import type { Figure } from '../parts/figure';

/** 1.5 MB, committed in figures/, so that the pages there are interactive in a fresh clone. */
const plotlySmall = 'plotly-cartesian.min.js';

/** 10 MB, ignored by git, copied from the package where a page needs it. */
const plotlyFull = 'plotly.js';

/** The kinds of traces that the small file draws. */
const flat: readonly string[] = [
  ...['bar', 'box', 'contour', 'heatmap', 'histogram', 'histogram2d', 'histogram2dcontour'],
  ...['image', 'pie', 'scatter', 'scatterternary', 'violin'],
];

/** The file with plotly that a figure's page needs beside it. */
export function plotlyFor({ data }: Figure): string {
  return data.every(({ type = 'scatter' }) => flat.includes(type)) ? plotlySmall : plotlyFull;
}

/** Where it can be copied from. */
export function plotlySource(file: string): string {
  return file === plotlySmall
    ? join(repositoryRoot, 'figures', plotlySmall)
    : require.resolve('plotly.js-dist');
}
