import { type Box, crosses, meet, type Pixel, touches } from './plane_geometry';

/** Where a label's middle stands, in pixels from the end of its curve; x at its left edge. */
export interface Offset {
  x: number;
  y: number;
}

/** Pixels between a label and the end of its curve, around a label, and from the end to where its leader begins. */
const [gap, pad, nearEnd] = [13, 2, 7];

/** From near to far: pixels below the end, or above it. */
const steps = Array.from({ length: 31 }, (_, i) => 6 * Math.ceil(i / 2) * (i % 2 === 0 ? 1 : -1));

/**
 * The nearest place beside the end of a curve where a label lies within `bounds` and on nothing else; undefined if there
 * is none.
 * @param end of the curve
 * @param size of the label, in pixels
 * @param curves what is drawn, as chains of places
 * @param taken where other labels are
 */
export function roomBeside(
  [x, y]: Pixel,
  { width, height }: { width: number; height: number },
  bounds: Box,
  curves: readonly (readonly Pixel[])[],
  taken: readonly Box[],
): Offset | undefined {
  const lines = segmentsOf(curves);
  const isFree = (offset: Offset) => {
    const box = boxAt([x, y], offset, { width, height });
    const leader = leaderTo([x, y], box);
    return (
      box.left >= bounds.left &&
      box.right <= bounds.right &&
      box.top >= bounds.top &&
      box.bottom <= bounds.bottom &&
      !taken.some((other) => touches(box, other)) &&
      !lines.some((line) => crosses(line[0], line[1], box) || meet(line, leader))
    );
  };
  const clear = height / 2 + gap; // from where on a label may stand above or below the end
  const offsets = steps.flatMap((dy): Offset[] => [
    { x: gap, y: dy },
    ...(Math.abs(dy) >= clear ? [{ x: -width / 2, y: dy }] : []),
    { x: -gap - width, y: dy },
  ]);
  return offsets.find(isFree);
}

/** What a label takes up, with some room around it. */
export function boxAt([x, y]: Pixel, offset: Offset, size: { width: number; height: number }): Box {
  const [left, middle] = [x + offset.x, y + offset.y];
  return {
    left: left - pad,
    right: left + size.width + pad,
    top: middle - size.height / 2 - pad,
    bottom: middle + size.height / 2 + pad,
  };
}

/** The line from near the end of a curve to the nearest place of a label. */
function leaderTo([x, y]: Pixel, { left, right, top, bottom }: Box): [Pixel, Pixel] {
  const [tipX, tipY] = [clamp(x, left, right), clamp(y, top, bottom)];
  const start = Math.min(1, nearEnd / Math.hypot(tipX - x, tipY - y));
  return [
    [x + start * (tipX - x), y + start * (tipY - y)],
    [tipX, tipY],
  ];
}

function clamp(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(value, high));
}

function segmentsOf(curves: readonly (readonly Pixel[])[]): [Pixel, Pixel][] {
  return curves.flatMap((curve) => curve.slice(1).map((place, i): [Pixel, Pixel] => [curve[i], place]));
}
