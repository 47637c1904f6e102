import type { DataFrame, Series } from 'danfojs-node';
import { escapeHtml } from '../../figures/render/html';
import { check } from '../../util/check';
import { publisher } from './publisher';
import { columnText, isNumeric } from './table_text';

export interface TableOptions {
  title?: string;
  /** Rows shown at most (20); how many more there are is said below. */
  rows?: number;
}

/** A table as text: columns of equal length. */
interface TextTable {
  title: string | undefined;
  columns: { name: string; texts: string[]; toRight: boolean }[];
  /** What is left out, or undefined. */
  rest: string | undefined;
}

/**
 * Shows rows, summaries or a DataFrame as a table below the running cell; outside a notebook it prints it. Numbers of a
 * column have the same decimals, thousands are set apart, and a spread reads "58.2 (56.6 to 59.8)".
 * @throws UsageError if `data` is none of these
 */
export function table(data: readonly object[] | DataFrame | Series, options: TableOptions = {}): void {
  const shown = textTable(data, options);
  const publish = publisher();
  if (!publish) {
    console.log(plain(shown));
    return;
  }
  publish('display_data', {
    data: { 'text/html': html(shown), 'text/plain': plain(shown) },
    metadata: {},
    transient: {},
  });
}

/** Whether `value` is a DataFrame or a Series, without loading danfo, which takes a second. */
export function isFrame(value: unknown): value is DataFrame | Series {
  const { columns, index, shape, values } = (value ?? {}) as Partial<DataFrame>;
  return [columns, index, shape, values].every(Array.isArray);
}

function textTable(data: readonly object[] | DataFrame | Series, options: TableOptions): TextTable {
  check(
    isFrame(data) || Array.isArray(data),
    () => `table: expected rows or a DataFrame, got ${data === null ? 'null' : typeof data}`,
  );
  const most = options.rows ?? 20;
  const { names, columns, count } = isFrame(data) ? ofFrame(data, most) : ofRows(data, most);
  return {
    title: options.title,
    columns: names.map((name, i) => ({
      name,
      texts: columnText(columns[i]),
      toRight: columns[i].some(isNumeric),
    })),
    rest:
      count > most
        ? `… ${count - most} more ${count - most === 1 ? 'row' : 'rows'} (${count} in all)`
        : undefined,
  };
}

function ofRows(all: readonly object[], most: number) {
  const rows = all.slice(0, most) as Record<string, unknown>[];
  const names = [...new Set(all.flatMap((row) => Object.keys(row)))];
  return { names, columns: names.map((name) => rows.map((row) => row[name])), count: all.length };
}

/** Its index is a column only where it is more than the rows' numbers. */
function ofFrame(frame: DataFrame | Series, most: number) {
  const rows = (frame.values as unknown[]).slice(0, most).map((row) => (Array.isArray(row) ? row : [row]));
  const columns = frame.columns.map((_, i) => rows.map((row) => row[i]));
  const names = frame.columns.map(String);
  const isNumbered = frame.index.every((label, i) => label === i);
  return isNumbered
    ? { names, columns, count: frame.index.length }
    : { names: ['', ...names], columns: [frame.index.slice(0, most), ...columns], count: frame.index.length };
}

/** Aligned by attribute for code hosts, which strip styles, and by style for Jupyter, whose own goes before attributes. */
function html({ title, columns, rest }: TextTable): string {
  const cell = (tag: string, text: string, toRight: boolean) =>
    `<${tag} align="${toRight ? 'right' : 'left'}" style="text-align: ${toRight ? 'right' : 'left'}">${escapeHtml(text)}</${tag}>`;
  const line = (cells: string[]) => `<tr>${cells.join('')}</tr>`;
  const head = line(columns.map(({ name, toRight }) => cell('th', name, toRight)));
  const body = (columns[0]?.texts ?? []).map((_, i) =>
    line(columns.map(({ texts, toRight }) => cell('td', texts[i], toRight))),
  );
  return [
    '<table>',
    ...(title ? [`<caption>${escapeHtml(title)}</caption>`] : []),
    `<thead>${head}</thead>`,
    '<tbody>',
    ...body,
    '</tbody>',
    '</table>',
    ...(rest ? [`<p>${escapeHtml(rest)}</p>`] : []),
  ].join('\n');
}

function plain({ title, columns, rest }: TextTable): string {
  const padded = columns.map(({ name, texts, toRight }) => {
    const width = Math.max(...[name, ...texts].map((text) => text.length));
    const pad = (text: string) => (toRight ? text.padStart(width) : text.padEnd(width));
    return [pad(name), '-'.repeat(width), ...texts.map(pad)];
  });
  const lines = (padded[0] ?? []).map((_, i) =>
    padded
      .map((column) => column[i])
      .join('  ')
      .trimEnd(),
  );
  return [...(title ? [title] : []), ...lines, ...(rest ? [rest] : [])].join('\n');
}
