import { escapeHtml } from './html';

/** A figure of a page, by the paths of its files without extension, seen from the page. */
export interface ShownFigure {
  path: string;
  title: string;
  alt: string;
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
  body { margin: 24px auto; max-width: 760px; padding: 0 12px; color: #222; font: 15px/1.5 "Open Sans", Arial, sans-serif; }
  h1 { font-size: 26px; }
  h2 { margin-top: 40px; font-size: 20px; }
  img { display: block; max-width: 100%; height: auto; }
  figure { margin: 20px 0; }
  figcaption { color: #555; font-size: 13px; }
  .table { overflow-x: auto; }
  table { border-collapse: collapse; font-size: 13px; }
  th, td { padding: 3px 10px 3px 0; text-align: left; border-bottom: 1px solid #ddd; white-space: nowrap; }
</style>
</head>
<body>
<h1>${escapeHtml(title)}</h1>
${sections.map(sectionHtml).join('\n')}
</body>
</html>
`;
}

function sectionHtml({ title, html = '', figures = [] }: IndexSection): string {
  return `<h2>${escapeHtml(title)}</h2>\n${[html, ...figures.map(figureHtml)].filter(Boolean).join('\n')}`;
}

function figureHtml({ path, title, alt }: ShownFigure): string {
  return (
    `<figure><img src="${path}.svg" alt="${escapeHtml(alt)}" loading="lazy">\n` +
    `<figcaption>${escapeHtml(title)} · <a href="${path}.html">interactive</a></figcaption></figure>`
  );
}
