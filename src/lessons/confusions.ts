import type { Annotation, Data, LayoutAxis, Shape } from 'plotly.js-dist';
import type { Figure } from '../figures/parts/figure';
import { outline, type Place, textAt } from '../figures/parts/panels';
import { baseLayout, fontSizes, ink, mutedInk, titleHeight } from '../figures/parts/theme';

/** What a network answers, by what is true. */
export interface Confusions {
  caption: string;
  /** Counts [answer][truth]. */
  confusion: readonly ArrayLike<number>[];
}

const [width, edge, gap, axisRoom] = [640, 16, 36, 24];

/** Pixels of a cell that has room for its count. */
const leastCell = 20;

/** Shares of wrong answers from white on; the right ones, below 0, are grey. */
const [least, largest] = [-0.02, 0.2];
const zero = -least / (largest - least);
const scale: [number, string][] = [
  [0, '#ECECEC'],
  [zero / 2, '#ECECEC'],
  [zero / 2, '#FFFFFF'],
  [zero, '#FFFFFF'],
  [1, '#D55E00'],
];

/** Matrices of answers side by side: the truth along the columns, the answer along the rows, counts written in. */
export function confusions(shown: readonly Confusions[], title: string, note?: string): Figure {
  const subtitle = note ? [note] : [];
  const side = (width - 2 * edge - axisRoom - (gap + axisRoom) * (shown.length - 1)) / shown.length;
  const top = titleHeight(subtitle) + 42;
  const height = top + side + 52;
  const data: Data[] = [];
  const axes: Record<string, Partial<LayoutAxis>> = {};
  const annotations: Partial<Annotation>[] = [];
  const shapes: Partial<Shape>[] = [];
  shown.forEach(({ caption, confusion }, i) => {
    const left = edge + axisRoom + i * (side + gap + axisRoom);
    const place: Place = { left, top, width: side, height: side };
    const wrong = sharesOfWrong(confusion);
    const id = i === 0 ? '' : String(i + 1);
    data.push(heatmap(wrong, id));
    shapes.push(outline(place, 'rect', width, height));
    Object.assign(axes, axesOf(place, height, id, confusion.length));
    annotations.push(
      textAt(`<b>${caption}</b>`, left + side / 2, top - 40, width, height, {
        font: { size: fontSizes.label },
      }),
      textAt('true digit', left + side / 2, top + side + 24, width, height, { font: muted }),
      ...counts(confusion, wrong, place, height),
    );
  });
  annotations.push(textAt('answer', edge, top - 22, width, height, { xanchor: 'left', font: muted }));
  return {
    data,
    layout: {
      ...baseLayout({ title, subtitle, width, height, margin: { l: 0, r: 0, t: 0, b: 0 } }),
      ...axes,
      shapes,
      annotations,
    },
    alt: `${title}. ${shown.map(altOf).join('. ')}.`,
  };
}

const muted = { size: fontSizes.tick, color: mutedInk };

/** [answer][truth]: of those that are truly so, the share that is answered so; below 0 where that is right. */
function sharesOfWrong(confusion: readonly ArrayLike<number>[]): number[][] {
  const total = confusion.map((_, truth) => confusion.reduce((sum, row) => sum + row[truth], 0));
  return confusion.map((row, answer) =>
    Array.from(row, (count, truth) => (answer === truth ? least : count / Math.max(1, total[truth]))),
  );
}

function heatmap(z: number[][], id: string): Data {
  const [xaxis, yaxis] = [`x${id}` as 'x', `y${id}` as 'y'];
  const look = {
    zmin: least,
    zmax: largest,
    colorscale: scale,
    showscale: false,
    hoverinfo: 'skip',
  };
  return { type: 'heatmap', z, xaxis, yaxis, ...look } as Data;
}

function axesOf({ left, top, width: w, height: h }: Place, height: number, id: string, classes: number) {
  const common: Partial<LayoutAxis> = {
    tickvals: Array.from({ length: classes }, (_, k) => k),
    tickfont: muted,
    ticks: '',
    showgrid: false,
    zeroline: false,
    fixedrange: true,
  };
  const domain: [number, number] = [left / width, (left + w) / width];
  const down: [number, number] = [1 - (top + h) / height, 1 - top / height];
  return {
    [`xaxis${id}`]: { ...common, range: [-0.5, classes - 0.5], domain, anchor: `y${id}` as 'y' },
    [`yaxis${id}`]: { ...common, range: [classes - 0.5, -0.5], domain: down, anchor: `x${id}` as 'x' },
  };
}

/** Counts in their cells, where these have room for them; the right ones muted, zeros left out. */
function counts(confusion: readonly ArrayLike<number>[], wrong: number[][], place: Place, height: number) {
  const cell = place.width / confusion.length;
  if (cell < leastCell) return [];
  return confusion.flatMap((row, answer) =>
    Array.from(row).flatMap((count, truth): Partial<Annotation>[] => {
      if (count === 0) return [];
      const [x, y] = [place.left + (truth + 0.5) * cell, place.top + (answer + 0.5) * cell];
      const color = answer === truth ? mutedInk : wrong[answer][truth] > 0.14 ? 'white' : ink;
      return [textAt(String(count), x, y, width, height, { yanchor: 'middle', font: { size: 11, color } })];
    }),
  );
}

function altOf({ caption, confusion }: Confusions): string {
  const all = confusion.flatMap((row, answer) =>
    Array.from(row, (count, truth) => ({ count, answer, truth })).filter(({ truth }) => truth !== answer),
  );
  const worst = all.sort((a, b) => b.count - a.count).slice(0, 2);
  return `${caption}: ${worst.map(({ count, answer, truth }) => `${truth} taken for ${answer} ${count} times`).join(', ')}`;
}
