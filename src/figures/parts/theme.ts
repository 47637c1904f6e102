import type { Layout, LayoutAxis } from 'plotly.js-dist';

/** Okabe and Ito's colours, told apart with every kind of colour vision ("Color Universal Design", 2008). */
const okabeIto = {
  black: '#000000',
  orange: '#E69F00',
  sky: '#56B4E9',
  green: '#009E73',
  yellow: '#F0E442',
  blue: '#0072B2',
  vermilion: '#D55E00',
  purple: '#CC79A7',
};

/** How a series is drawn: colour, dash and marker together, so that none of them is needed alone. */
export interface SeriesStyle {
  color: string;
  /** The colour, or a darker one that is legible as text on white. */
  textColor: string;
  dash: 'solid' | 'dash' | 'dot' | 'dashdot' | 'longdash';
  symbol: 'circle' | 'square' | 'diamond' | 'triangle-up' | 'triangle-down' | 'cross' | 'star';
}

/** The equivariant networks, in order of size. */
const equivariantStyles: SeriesStyle[] = [
  { color: okabeIto.vermilion, textColor: '#B84F00', dash: 'solid', symbol: 'star' },
  { color: okabeIto.orange, textColor: '#8F6200', dash: 'longdash', symbol: 'triangle-down' },
];

/** The plain networks, in order of size. */
const plainStyles: SeriesStyle[] = [
  { color: okabeIto.sky, textColor: '#23789F', dash: 'dot', symbol: 'circle' },
  { color: okabeIto.blue, textColor: '#00629A', dash: 'dash', symbol: 'square' },
  { color: okabeIto.black, textColor: okabeIto.black, dash: 'solid', symbol: 'diamond' },
  { color: okabeIto.green, textColor: '#007A59', dash: 'dashdot', symbol: 'triangle-up' },
  { color: okabeIto.purple, textColor: '#9C4374', dash: 'longdash', symbol: 'cross' },
];

/** The style of the `rank`-th smallest network of its family. */
export function seriesStyle(family: 's2cnn' | 'cnn', rank: number): SeriesStyle {
  const styles = family === 's2cnn' ? equivariantStyles : plainStyles;
  return styles[rank % styles.length];
}

/** A marker's size in pixels; stars are drawn larger, to weigh as much as the others. */
export function markerSize(symbol: SeriesStyle['symbol'], size = 8): number {
  return symbol === 'star' ? size + 4 : size;
}

/** Background, then digits 0 to 9: Tol's ten colours for qualitative data (SRON/EPS/TN/09-002). */
export const classColors = [
  '#F4F4F4', '#332288', '#88CCEE', '#44AA99', '#117733', '#999933',
  '#DDCC77', '#CC6677', '#882255', '#AA4499', '#661100',
]; // biome-ignore format: one list

export const ink = '#222222';
export const mutedInk = '#5A5A5A';
/** Of thin lines that tie a label to what it names. */
export const leaderColor = '#ADADAD';
export const gridColor = '#E4E4E4';

/** Font sizes in pixels of a figure 700 wide. */
export const fontSizes = { title: 17, subtitle: 12.5, label: 13, tick: 12 };

const family = 'Open Sans, Arial, Helvetica, sans-serif';

/** Size, fonts, title and margins that all figures share; the title stands at the left, its lines below it. */
export function baseLayout(options: {
  title: string;
  subtitle?: string[];
  width?: number;
  height?: number;
  margin?: Layout['margin'];
}): Partial<Layout> {
  const { title, width = 700, height = 440, margin = {} } = options;
  const subtitle = wrap(options.subtitle ?? []);
  return {
    width,
    height,
    font: { family, size: fontSizes.label, color: ink },
    paper_bgcolor: 'white',
    plot_bgcolor: 'white',
    showlegend: false,
    hovermode: 'closest',
    margin: { l: 64, r: 28, t: titleHeight(subtitle), b: 56, ...margin },
    title: {
      text: `<b>${title}</b>`,
      font: { size: fontSizes.title },
      subtitle: { text: subtitle.join('<br>'), font: { size: fontSizes.subtitle, color: mutedInk } },
      x: 16 / width,
      xref: 'container',
      xanchor: 'left',
      y: 1 - 28 / height,
      yref: 'container',
      yanchor: 'bottom',
    },
  };
}

/** Pixels above the plot that a title with these lines below it needs. */
export function titleHeight(subtitle: string[]): number {
  return 50 + 18 * wrap(subtitle).length;
}

/** Breaks lines that a figure 700 wide has no room for, at the last separator that fits. */
function wrap(lines: string[]): string[] {
  return lines.flatMap((line) => {
    const cut = line.replace(/<[^>]*>/g, '').length > 108 ? line.lastIndexOf(' · ', 108) : -1;
    return cut > 0 ? [line.slice(0, cut), ...wrap([line.slice(cut + 3)])] : [line];
  });
}

/** An axis with a light grid and a title. */
export function axis(title: string, more: Partial<LayoutAxis> = {}): Partial<LayoutAxis> {
  return {
    title: { text: title, font: { size: fontSizes.label }, standoff: 10 },
    tickfont: { size: fontSizes.tick, color: mutedInk },
    gridcolor: gridColor,
    linecolor: mutedInk,
    showline: true,
    ticks: 'outside',
    ticklen: 4,
    tickcolor: mutedInk,
    zeroline: false,
    ...more,
  };
}

/** An axis without lines, ticks or labels, for images. */
export const hiddenAxis: Partial<LayoutAxis> = {
  visible: false,
  showgrid: false,
  zeroline: false,
  fixedrange: true,
};
