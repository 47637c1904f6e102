import { copyFileSync, existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { check } from '../../util/check';
import { makeWritable, writeFileAtomic } from '../../util/files';
import type { Figure } from '../parts/figure';
import { toCsv } from './csv';
import { figurePage } from './page_html';
import { plotlyFor, plotlySource } from './plotly_file';
import { renderFigure } from './render';

export interface ExportOptions {
  /** The same figure drawn for a telephone; its picture becomes <name>-narrow.svg, which pages show there. */
  narrow?: Figure;
  /** Takes a line about letters that cannot be drawn. */
  log?: (line: string) => void;
}

/**
 * Writes a figure as <name>.svg, .png (twice the layout's pixels) and .html (interactive, offline), and the numbers it
 * shows as .csv.
 * @returns the paths written, the copy of plotly that the pages of the folder share not among them
 * @throws UsageError if the name could not be a file's; the system's error if the folder cannot be written
 */
export async function exportFigure(
  name: string,
  figure: Figure,
  folder: string,
  { narrow, log }: ExportOptions = {},
): Promise<string[]> {
  check(/^[\w.-]+$/.test(name), `exportFigure: "${name}" cannot be the name of a file`);
  check(figure?.data && figure.layout, `exportFigure: ${name}: expected a figure, got ${typeof figure}`);
  makeWritable(folder);
  const { svg, png } = await renderFigure(figure, { log });
  const plotly = plotlyFor(figure);
  const files: [string, string | Buffer][] = [
    [`${name}.svg`, svg],
    [`${name}.png`, png],
    [`${name}.html`, figurePage(name, figure, { plotly, narrow })],
  ];
  if (narrow) files.push([`${name}-narrow.svg`, (await renderFigure(narrow, { log: () => {} })).svg]);
  if (figure.rows) files.push([`${name}.csv`, toCsv(figure.rows)]);
  share(plotlySource(plotly), join(folder, plotly));
  return files.map(([file, content]) => {
    const path = join(folder, file);
    writeFileAtomic(path, content);
    return path;
  });
}

/** Puts plotly beside the pages, once. */
function share(source: string, target: string): void {
  if (existsSync(target) && statSync(target).size === statSync(source).size) return;
  copyFileSync(source, target);
}
