import assert from 'node:assert/strict';
import type { Figure } from '../../src/figures/parts/figure';

/** What tests read of a trace; which keys are there depends on its type. */
export interface Trace {
  type: string;
  name?: string;
  x?: (number | null)[];
  y?: (number | null)[];
  z?: (number | null)[][];
  line?: { color?: string; dash?: string };
  marker?: { color?: string | string[]; size?: number | number[] };
  error_y?: { array: number[]; arrayminus: number[]; visible: boolean };
}

/** All traces of a figure. */
export function tracesOf(figure: Figure): Trace[] {
  return figure.data as unknown as Trace[];
}

/** The trace of that name. */
export function traceOf(figure: Figure, name: string): Trace {
  const found = tracesOf(figure).find((trace) => trace.name === name);
  return found ?? assert.fail(`no trace "${name}" among ${tracesOf(figure).map((trace) => trace.name)}`);
}

/** The title of a figure without its marks. */
export function titleOf({ layout }: Figure): string {
  const { text = '' } = (layout.title ?? {}) as { text?: string };
  return text.replace(/<br>/g, ' ').replace(/<[^>]*>/g, '');
}

/** All text of a figure: title, lines below it, axis titles and annotations. */
export function wordsOf({ layout }: Figure): string {
  const { title, annotations = [], xaxis, yaxis } = layout;
  const titles = [title, title?.subtitle, xaxis?.title, yaxis?.title] as ({ text?: string } | undefined)[];
  return [...titles, ...annotations].map((part) => part?.text ?? '').join('\n');
}
