import { extent } from '../../../util/extent';
import type { Box } from './box';
import { compose, type Matrix, parseTransform } from './svg_matrix';
import { textBox } from './text';

/** The box of an SVG element in its own coordinates, as getBBox gives it; undefined if it holds nothing. */
export function localBox(element: Element): Box | undefined {
  const name = element.tagName.toLowerCase();
  if (name === 'text') return textBox(element);
  if (name === 'rect' || name === 'image') return rectangle(element);
  return union(
    Array.from(element.children, (child) =>
      moved(parseTransform(child.getAttribute('transform')), localBox(child)),
    ),
  );
}

/** The box of an SVG element on the page, all transforms applied; a point if it holds nothing. */
export function pageBox(element: Element): Box {
  let matrix: Matrix = [1, 0, 0, 1, 0, 0];
  for (let node: Element | null = element; node; node = node.parentElement)
    matrix = compose(parseTransform(node.getAttribute('transform')), matrix);
  const box = moved(matrix, localBox(element));
  return box ?? { left: matrix[4], top: matrix[5], right: matrix[4], bottom: matrix[5] };
}

/** The form in which the DOM returns a box. */
export function domRect(box: Box = { left: 0, top: 0, right: 0, bottom: 0 }): DOMRect {
  const rect = { ...box, x: box.left, y: box.top, width: box.right - box.left, height: box.bottom - box.top };
  return { ...rect, toJSON: () => rect };
}

function rectangle(element: Element): Box {
  const [x, y, width, height] = ['x', 'y', 'width', 'height'].map((key) => Number(element.getAttribute(key)));
  return { left: x, top: y, right: x + width, bottom: y + height };
}

function moved([a, b, c, d, e, f]: Matrix, box: Box | undefined): Box | undefined {
  if (!box) return undefined;
  const corners = [
    [box.left, box.top],
    [box.right, box.top],
    [box.left, box.bottom],
    [box.right, box.bottom],
  ];
  const xs = corners.map(([x, y]) => a * x + c * y + e);
  const ys = corners.map(([x, y]) => b * x + d * y + f);
  return around(xs, ys);
}

function around(xs: number[], ys: number[]): Box {
  const [[left, right], [top, bottom]] = [extent(xs), extent(ys)];
  return { left, top, right, bottom };
}

function union(boxes: (Box | undefined)[]): Box | undefined {
  const filled = boxes.filter((box) => box !== undefined) as Box[];
  if (filled.length === 0) return undefined;
  return around(
    filled.flatMap(({ left, right }) => [left, right]),
    filled.flatMap(({ top, bottom }) => [top, bottom]),
  );
}
