import type { Figure } from '../figures/parts/figure';
import { type Place, textAt } from '../figures/parts/panels';
import { baseLayout, titleHeight } from '../figures/parts/theme';
import { captionAt, drawPanels, type Panel, signedLegend } from './picture_panels';

/** Rotation matrices of the degrees, one row of them for each rotation. */
export interface MatrixRow {
  title: string;
  /** [2l+1, 2l+1] each, orders -l..l. */
  matrices: readonly ArrayLike<number>[];
}

/** Matrices on harmonics, with the orders at their sides: m of the result at the rows, n of the signal at the columns. */
export function wignerMatrices(rows: readonly MatrixRow[], title: string): Figure {
  const columns = Math.max(...rows.map(({ matrices }) => matrices.length));
  const [width, edge, left, gap] = [640, 16, 40, 44];
  const side = (width - left - edge - gap * (columns - 1)) / columns;
  const top = titleHeight([]);
  const pitch = side + 76;
  const height = top + rows.length * pitch + 46;
  const placeOf = (r: number, c: number): Place => ({
    left: left + c * (side + gap),
    top: top + r * pitch + 44,
    width: side,
    height: side,
  });
  const panels = rows.flatMap(({ matrices }, r) =>
    matrices.map((values, c): Panel => {
      const size = Math.sqrt(values.length);
      const orders = Array.from({ length: size }, (_, k) => orderName(k - (size - 1) / 2, size));
      const ticks = { rows: orders, columns: orders };
      return { place: placeOf(r, c), values, size, kind: 'signed', view: 'flat', largest: 1, ticks };
    }),
  );
  const parts = drawPanels(panels, width, height);
  const legend = signedLegend(['−1', '1'], (width - 200) / 2, height - 38, width, height);
  const captions = rows.flatMap((row, r) => [
    textAt(`<b>${row.title}</b>`, edge, top + r * pitch, width, height, {
      xanchor: 'left',
      font: { size: 13 },
    }),
    ...row.matrices.map((values, c) => {
      const { left: x } = placeOf(r, c);
      const degree = (Math.sqrt(values.length) - 1) / 2;
      return captionAt(`degree ${degree}`, x + side / 2, top + r * pitch + 22, width, height);
    }),
  ]);
  const first = rows.map((_, r) => {
    const { top: y } = placeOf(r, 0);
    return textAt('m', 8, y + side / 2 - 8, width, height, { xanchor: 'left' });
  });
  const last = rows.map((_, r) => textAt('n', left + side / 2, placeOf(r, 0).top + side + 15, width, height));
  return {
    data: parts.data,
    layout: {
      ...baseLayout({ title, width, height, margin: { l: 0, r: 0, t: 0, b: 0 } }),
      ...parts.axes,
      shapes: [...parts.shapes, ...legend.shapes],
      annotations: [...captions, ...first, ...last, ...legend.annotations],
    },
    alt: `${title}. ${rows.map((row) => `${row.title}: degrees ${row.matrices.map((m) => (Math.sqrt(m.length) - 1) / 2).join(', ')}`).join('; ')}.`,
  };
}

/** All orders of small matrices, the ends and the middle of large ones. */
function orderName(order: number, size: number): string {
  const end = (size - 1) / 2;
  const shown = size <= 7 || Math.abs(order) === end || order === 0;
  return shown ? String(order).replace('-', '−') : '';
}
