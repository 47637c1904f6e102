import type { Layout } from 'plotly.js-dist';
import type { Inside } from './label_column';
import { baseLayout, headOf, isNarrow, wideWidth } from './theme';

/** What all charts with labels right of the plot share. */
export interface Frame {
  layout: Partial<Layout>;
  /** The plot itself. */
  inside: Inside;
}

export interface FrameOptions {
  title: string;
  subtitle: readonly string[];
  width?: number;
  /** Height of the plot in pixels. */
  plotHeight?: number;
  /** Pixels right of the plot; a telephone has 122. */
  labelRoom?: number;
}

/** A figure whose plot keeps its height, however many lines stand above it, with a column for labels at its right. */
export function labelledFrame({
  title,
  subtitle,
  width = wideWidth,
  plotHeight,
  labelRoom = 162,
}: FrameOptions): Frame {
  const narrow = isNarrow(width);
  const margin = narrow ? { l: 48, r: 122, b: 74 } : { l: 64, r: labelRoom, b: 58 };
  const inside = { width: width - margin.l - margin.r, height: plotHeight ?? (narrow ? 290 : 316) };
  const height = headOf(title, subtitle, width).height + inside.height + margin.b;
  return { layout: baseLayout({ title, subtitle, width, height, margin }), inside };
}
