import { escapeHtml } from './html';

/** Screens on which a figure 700 pixels wide would be too small to read. */
export const narrowScreen = '(max-width: 640px)';

/** A figure's picture on a page, with its size in pixels: a page keeps its place while pictures are fetched. */
export interface Picture extends Size {
  /** Of its files without extension, seen from the page. */
  path: string;
  alt: string;
  /** Size of <path>-narrow.svg, which is for narrow screens, if it is there. */
  narrow?: Size;
}

interface Size {
  width?: number;
  height?: number;
}

/** The picture with its text alternative; on narrow screens the one drawn for them. */
export function pictureHtml({ path, alt, narrow, ...size }: Picture, more = ''): string {
  const img = `<img src="${path}.svg" alt="${escapeHtml(alt)}"${sizeHtml(size)}${more}>`;
  if (!narrow) return img;
  const source = `<source media="${narrowScreen}" srcset="${path}-narrow.svg"${sizeHtml(narrow)}>`;
  return `<picture>${source}${img}</picture>`;
}

function sizeHtml({ width, height }: Size): string {
  return width && height ? ` width="${width}" height="${height}"` : '';
}
