import { copyFileSync, existsSync, mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { check } from '../../util/check';
import { writeFileAtomic } from '../../util/files';
import type { Figure } from '../parts/figure';
import { toCsv } from './csv';
import { figurePage, plotlyFile } from './page_html';
import { renderFigure } from './render';

/**
 * Writes a figure as <name>.svg, .png (twice the layout's pixels) and .html (interactive, offline), and the numbers it
 * shows as .csv.
 * @returns the paths written, the copy of plotly that the pages of the folder share not among them
 * @throws UsageError if the name could not be a file's
 */
export async function exportFigure(name: string, figure: Figure, folder: string): Promise<string[]> {
  check(/^[\w.-]+$/.test(name), `exportFigure: "${name}" cannot be the name of a file`);
  const { svg, png } = await renderFigure(figure, { scale: 2 });
  const files: [string, string | Buffer][] = [
    ['svg', svg],
    ['png', png],
    ['html', figurePage(name, figure)],
  ];
  if (figure.rows) files.push(['csv', toCsv(figure.rows)]);
  sharePlotly(folder);
  return files.map(([extension, content]) => {
    const path = join(folder, `${name}.${extension}`);
    writeFileAtomic(path, content);
    return path;
  });
}

/** Puts plotly beside the pages, 10 MB, once. */
function sharePlotly(folder: string): void {
  const [source, target] = [require.resolve('plotly.js-dist'), join(folder, plotlyFile)];
  if (existsSync(target) && statSync(target).size === statSync(source).size) return;
  mkdirSync(folder, { recursive: true });
  copyFileSync(source, target);
}
