import type { Data, Layout } from 'plotly.js-dist';

/** One cell of a table of plotted numbers. */
export type Cell = string | number | boolean | null;

/** A plotly figure with its description in words and the numbers that it shows. */
export interface Figure {
  data: Data[];
  /** With `width` and `height` in pixels. */
  layout: Partial<Layout>;
  /** What the figure shows, for readers who cannot see it: it stands in the picture's place. */
  alt: string;
  /** How to read the figure, for all readers: it stands below the picture. */
  caption?: string;
  /** The plotted rows, saved beside the figure; every row has the same keys. */
  rows?: Record<string, Cell>[];
}
