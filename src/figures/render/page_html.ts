import type { Figure } from '../parts/figure';
import { escapeHtml } from './html';
import { shortNumbers } from './short_numbers';

/** The file with plotly that the pages of a folder share. */
export const plotlyFile = 'plotly.js';

/**
 * A page that shows a figure interactively, with plotly from a file beside it, or the picture <name>.svg beside it
 * where that file or scripts are missing. It needs no network.
 */
export function figurePage(name: string, figure: Figure): string {
  const { data, layout, alt, rows } = figure;
  const { width } = layout;
  const title = escapeHtml(plainTitle(figure) || name);
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>
  body { margin: 24px auto; max-width: ${width}px; color: #222; font: 14px/1.5 "Open Sans", Arial, sans-serif; }
  img { max-width: 100%; }
</style>
</head>
<body>
<div id="figure" role="img" aria-label="${escapeHtml(alt)}"><img src="${name}.svg" alt=""></div>
<p>${escapeHtml(alt)}</p>
${rows ? `<p><a href="${name}.csv">The numbers</a></p>\n` : ''}<script src="${plotlyFile}"></script>
<script>
  const { data, layout } = ${json({ data, layout })};
  if (window.Plotly) {
    const place = document.getElementById('figure');
    place.replaceChildren();
    Plotly.newPlot(place, data, layout, { displaylogo: false });
  }
</script>
</body>
</html>
`;
}

function plainTitle({ layout }: Figure): string {
  const text = typeof layout.title === 'object' ? (layout.title.text ?? '') : '';
  return String(text).replace(/<[^>]*>/g, '');
}

/** JSON that may stand in a script. */
function json(value: unknown): string {
  return JSON.stringify(value, shortNumbers).replaceAll('<', '\\u003c');
}
