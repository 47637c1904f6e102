import type { Figure } from '../parts/figure';
import { escapeHtml } from './html';
import { narrowScreen, pictureHtml } from './picture_html';
import { shortNumbers } from './short_numbers';

export interface PageOptions {
  /** File with plotly beside the page. */
  plotly: string;
  /** The figure whose picture is <name>-narrow.svg, beside the page. */
  narrow?: Figure;
}

/**
 * A page that shows a figure interactively, with plotly from a file beside it; on a narrow screen, or where that file or
 * scripts are missing, the picture beside it. It needs no network.
 */
export function figurePage(name: string, figure: Figure, { plotly, narrow }: PageOptions): string {
  const { data, layout, alt, caption, rows } = figure;
  const { width, height } = layout;
  const title = escapeHtml(plainTitle(figure) || name);
  const links = [
    ...(rows ? [`<a href="${name}.csv">the numbers</a>`] : []),
    `<a href="${name}.svg">the picture</a>`,
  ];
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>
  body { margin: 24px auto; max-width: ${width}px; padding: 0 12px; color: #222; font: 14px/1.5 "Open Sans", Arial, sans-serif; }
  figure { margin: 0; }
  img { display: block; max-width: 100%; height: auto; }
  figcaption { color: #555; }
</style>
</head>
<body>
<figure>
<div id="figure">${pictureHtml({ path: name, alt, width, height, narrow: narrow?.layout })}</div>
<figcaption>${caption ? `${escapeHtml(caption)} ` : ''}${links.join(' · ')}</figcaption>
</figure>
<script>
  const { data, layout } = ${json({ data, layout })};
  const place = document.getElementById('figure');
  const draw = () => {
    place.setAttribute('role', 'img');
    place.setAttribute('aria-label', place.querySelector('img').alt);
    place.replaceChildren();
    Plotly.newPlot(place, data, layout, { displayModeBar: false });
  };
  if (!matchMedia('${narrowScreen}').matches)
    document.head.append(Object.assign(document.createElement('script'), { src: '${plotly}', onload: draw }));
</script>
</body>
</html>
`;
}

/** The title of a figure without its marks. */
export function plainTitle({ layout }: Figure): string {
  const text = typeof layout.title === 'object' ? (layout.title.text ?? '') : '';
  return String(text)
    .replace(/<br>/g, ' ')
    .replace(/<[^>]*>/g, '');
}

/** JSON that may stand in a script. */
function json(value: unknown): string {
  return JSON.stringify(value, shortNumbers).replaceAll('<', '\\u003c');
}
