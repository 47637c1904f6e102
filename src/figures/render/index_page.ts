import type { Figure } from '../parts/figure';
import { escapeHtml } from './html';
import { plainTitle } from './page_html';
import { type Picture, pictureHtml } from './picture_html';

/** A figure of a page. */
export interface ShownFigure extends Picture {
  title: string;
  caption?: string;
  /** Whether <path>.csv is there. */
  hasNumbers?: boolean;
}

export interface IndexSection {
  title: string;
  /** HTML below the title */
  html?: string;
  figures?: readonly ShownFigure[];
}

/** One page with sections of figures and tables; it needs no script and no network. */
export function indexPage(title: string, sections: readonly IndexSection[]): string {
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<style>
  body { margin: 0 auto; max-width: 732px; padding: 12px; color: #222; background: #f6f6f4; font: 15px/1.5 "Open Sans", Arial, sans-serif; }
  h1 { margin: 20px 0 8px; font-size: 26px; line-height: 1.2; }
  h2 { margin: 44px 0 12px; font-size: 20px; line-height: 1.3; }
  a { color: #00629a; }
  nav ul { margin: 0; padding: 0; list-style: none; columns: 2 300px; }
  figure { margin: 0 0 24px; padding: 4px 0 10px; background: white; border: 1px solid #ddd; border-radius: 6px; }
  img { display: block; margin: 0 auto; max-width: 100%; height: auto; }
  figcaption { padding: 0 16px; color: #555; font-size: 13.5px; }
  .table { overflow-x: auto; }
  table { border-collapse: collapse; font-size: 13px; }
  th, td { padding: 3px 10px 3px 0; text-align: left; border-bottom: 1px solid #ddd; white-space: nowrap; }
  @media (max-width: 640px) { body { padding: 4px; } h1, h2, nav, p { padding: 0 8px; } }
</style>
</head>
<body>
<h1>${escapeHtml(title)}</h1>
${contents(sections)}
${sections.map(sectionHtml).join('\n')}
</body>
</html>
`;
}

/** Figures under their headings, in the order in which these first appear. @param below where their files lie, seen from the page */
export function figureSections(
  figures: readonly { name: string; section: string; figure: Figure; narrow?: Figure }[],
  below = '.',
): IndexSection[] {
  const titles = [...new Set(figures.map(({ section }) => section))];
  const shown = ({ name, figure, narrow }: (typeof figures)[number]): ShownFigure => {
    const { alt, caption, rows, layout } = figure;
    const { width, height } = layout;
    const files = {
      path: `${below}/${name}`,
      width,
      height,
      narrow: narrow?.layout,
      hasNumbers: Boolean(rows),
    };
    return { ...files, title: plainTitle(figure), alt, caption };
  };
  return titles.map((title) => ({
    title,
    figures: figures.filter(({ section }) => section === title).map(shown),
  }));
}

function contents(sections: readonly IndexSection[]): string {
  if (sections.length < 3) return '';
  const links = sections.map(({ title }) => `<li><a href="#${idOf(title)}">${escapeHtml(title)}</a></li>`);
  return `<nav aria-label="Contents"><ul>\n${links.join('\n')}\n</ul></nav>`;
}

function idOf(title: string): string {
  return title.toLowerCase().replace(/[^a-z0-9]+/g, '-');
}

function sectionHtml({ title, html = '', figures = [] }: IndexSection): string {
  const head = `<h2 id="${idOf(title)}">${escapeHtml(title)}</h2>`;
  return [head, html, ...figures.map(figureHtml)].filter(Boolean).join('\n');
}

function figureHtml(figure: ShownFigure): string {
  const { path, title, caption, hasNumbers } = figure;
  const links = [
    `<a href="${path}.html" aria-label="${escapeHtml(title)}, interactive">interactive</a>`,
    ...(hasNumbers
      ? [`<a href="${path}.csv" aria-label="${escapeHtml(title)}, the numbers">the numbers</a>`]
      : []),
  ];
  const words = caption ? `${escapeHtml(caption)} ` : '';
  return (
    `<figure>${pictureHtml(figure, ' loading="lazy"')}\n` +
    `<figcaption>${words}${links.join(' · ')}</figcaption></figure>`
  );
}
