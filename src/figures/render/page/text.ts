import { Resvg } from '@resvg/resvg-js';
import type { Box } from './box';
import { fontAscent, fontDescent, fontOptions } from './fonts';

const widths = new Map<string, number>();

/** The box of an SVG <text> in its own coordinates; lines are the tspans of class "line", as plotly writes them. */
export function textBox(text: Element): Box | undefined {
  const spans = Array.from(text.children).filter((child) => child.getAttribute('class') === 'line');
  const lines = spans.length > 0 ? spans : [text];
  const boxes = lines.map((line) => lineBox(text, line)).filter((box) => box.right > box.left);
  if (boxes.length === 0) return undefined;
  return {
    left: Math.min(...boxes.map((box) => box.left)),
    right: Math.max(...boxes.map((box) => box.right)),
    top: Math.min(...boxes.map((box) => box.top)),
    bottom: Math.max(...boxes.map((box) => box.bottom)),
  };
}

/** Width in pixels of a <text> or a <tspan> within it, drawn with the style of `text`. */
export function textWidth(text: Element, part: Element = text): number {
  const { XMLSerializer } = text.ownerDocument.defaultView!;
  const serializer = new XMLSerializer();
  const content = Array.from(part.childNodes, (node) => serializer.serializeToString(node)).join('');
  if (content.trim() === '') return 0;
  const style = escapeAttribute(text.getAttribute('style') ?? '');
  const svg = `<svg xmlns="http://www.w3.org/2000/svg"><text style="${style}">${content}</text></svg>`;
  const width = widths.get(svg) ?? new Resvg(svg, { font: fontOptions }).getBBox()?.width ?? 0;
  widths.set(svg, width);
  return width;
}

function lineBox(text: Element, line: Element): Box {
  const size = fontSize(text);
  const width = textWidth(text, line);
  const anchor = styleOf(text, 'text-anchor') ?? text.getAttribute('text-anchor');
  const shift = anchor === 'middle' ? 0.5 : anchor === 'end' ? 1 : 0;
  const x = numberOf(line, 'x') ?? numberOf(text, 'x') ?? 0;
  const y = (numberOf(line, 'y') ?? numberOf(text, 'y') ?? 0) + emOf(line.getAttribute('dy')) * size;
  const left = x - shift * width;
  return { left, right: left + width, top: y - fontAscent * size, bottom: y + fontDescent * size };
}

/** A length in em, the only unit that plotly uses for dy. */
function emOf(length: string | null): number {
  return Number.parseFloat(length ?? '') || 0;
}

function fontSize(element: Element): number {
  for (let node: Element | null = element; node; node = node.parentElement) {
    const size = Number.parseFloat(styleOf(node, 'font-size') ?? node.getAttribute('font-size') ?? '');
    if (size > 0) return size;
  }
  return 12;
}

function styleOf(element: Element, property: string): string | undefined {
  const style = element.getAttribute('style') ?? '';
  return style.match(new RegExp(`(?:^|;)\\s*${property}\\s*:\\s*([^;]+)`))?.[1].trim();
}

function numberOf(element: Element, attribute: string): number | undefined {
  const text = element.getAttribute(attribute);
  return text === null ? undefined : Number.parseFloat(text);
}

function escapeAttribute(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
}
