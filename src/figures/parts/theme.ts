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

/**
 * Background, then digits 0 to 9. Searched for the largest least distance between any two, seen with full colour vision
 * and without red, green or blue cones; and in grey between digits that are easily taken for each other or follow each
 * other (4 and 5, 7 and 8). The distances are tested.
 */
export const classColors = [
  '#F4F4F4', '#2D5563', '#71BF9B', '#807294', '#5D030F', '#C0BFFF',
  '#885B01', '#EC8005', '#4F0A92', '#FCD160', '#5A82FF',
]; // biome-ignore format: one list

export const ink = '#222222';
export const mutedInk = '#5A5A5A';
/** Of thin lines that tie a label to what it names. */
export const leaderColor = '#ADADAD';
export const gridColor = '#E4E4E4';

/** Widths of figures in pixels: for pages and screens, and for a telephone held upright (390, less the page's edges). */
export const wideWidth = 700;
export const narrowWidth = 366;

/** How a chart is drawn. */
export interface ChartOptions {
  /** In pixels; default 700. */
  width?: number;
}

/** Whether a figure is to be drawn for a telephone. */
export function isNarrow(width: number): boolean {
  return width < 500;
}

/** Font sizes in pixels. */
export const fontSizes = { title: 17, subtitle: 12.5, label: 13, tick: 12 };

const family = 'Open Sans, Arial, Helvetica, sans-serif';
const edge = 16;
const [titleLine, subtitleLine] = [23, 18];

/** Size, fonts, title and margins that all figures share; the title stands at the left, its lines below it. */
export function baseLayout(options: {
  title: string;
  subtitle?: readonly string[];
  width?: number;
  height?: number;
  margin?: Layout['margin'];
}): Partial<Layout> {
  const { title, subtitle = [], width = wideWidth, height = 440, margin = {} } = options;
  const head = headOf(title, subtitle, width);
  return {
    width,
    height,
    font: { family, size: fontSizes.label, color: ink },
    paper_bgcolor: 'white',
    plot_bgcolor: 'white',
    showlegend: false,
    hovermode: 'closest',
    margin: { l: 64, r: 28, t: head.height, b: 56, ...margin },
    title: {
      text: `<b>${head.title.join('<br>')}</b>`,
      font: { size: fontSizes.title },
      subtitle: { text: head.subtitle.join('<br>'), font: { size: fontSizes.subtitle, color: mutedInk } },
      x: edge / width,
      xref: 'container',
      xanchor: 'left',
      y: 1 - 28 / height, // of the first line
      yref: 'container',
      yanchor: 'bottom',
    },
  };
}

/** Pixels above the plot that a title of one line with these lines below it needs. */
export function titleHeight(subtitle: readonly string[]): number {
  return headOf('', subtitle, wideWidth).height;
}

/** The lines of a title and of what stands below it, and the pixels that they need above the plot. */
export function headOf(title: string, subtitle: readonly string[], width: number) {
  const room = width - 2 * edge;
  const lines = {
    title: wrap(title, Math.floor(room / (0.565 * fontSizes.title)), ' '),
    subtitle: subtitle.flatMap((line) => wrap(line, Math.floor(room / (0.495 * fontSizes.subtitle)), ' · ')),
  };
  const height = 50 + titleLine * (lines.title.length - 1) + subtitleLine * lines.subtitle.length;
  return { ...lines, height };
}

/** Breaks a line that has more than `most` letters at the last separator that fits, at a space if there is none. */
export function wrap(line: string, most: number, separator: string): string[] {
  if (line.replace(/<[^>]*>/g, '').length <= most) return [line];
  const isMarked = line.includes('<');
  const [at, skipped] = [separator, ...(isMarked ? [] : [' '])]
    .map((mark) => [line.lastIndexOf(mark, most), mark.length])
    .find(([place]) => place > 0) ?? [-1, 0];
  return at > 0 ? [line.slice(0, at), ...wrap(line.slice(at + skipped), most, separator)] : [line];
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
