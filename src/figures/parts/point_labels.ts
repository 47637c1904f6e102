import { type Box, touches } from './plane_geometry';

/** Where a label stands, seen from its point. */
export type LabelPlace = 'bottom right' | 'top left' | 'bottom left' | 'top right';

/** A point with a short label, in pixels from the left and the top. */
export interface LabelledPoint {
  text: string;
  x: number;
  y: number;
}

const places: readonly LabelPlace[] = ['bottom right', 'top left', 'bottom left', 'top right'];

/** Half a mark, and the letters of a label, in pixels. */
const [half, letterWidth, letterHeight] = [7, 6.4, 13];

/**
 * A place for the label of each point where it touches neither another label nor another point; undefined where there is
 * none, so that nothing is written over something else.
 */
export function labelPlaces(points: readonly LabelledPoint[]): (LabelPlace | undefined)[] {
  const marks = points.map(({ x, y }) => ({
    left: x - half,
    right: x + half,
    top: y - half,
    bottom: y + half,
  }));
  const taken: Box[] = [];
  return points.map((point, i) => {
    const others = [...taken, ...marks.filter((_, k) => k !== i)];
    const place = places.find((one) => others.every((other) => !touches(boxOf(point, one), other)));
    if (place) taken.push(boxOf(point, place));
    return place;
  });
}

function boxOf({ text, x, y }: LabelledPoint, place: LabelPlace): Box {
  const width = letterWidth * text.length;
  const left = place.endsWith('right') ? x + 4 : x - 4 - width;
  const top = place.startsWith('bottom') ? y + 4 : y - 4 - letterHeight;
  return { left, right: left + width, top, bottom: top + letterHeight };
}
