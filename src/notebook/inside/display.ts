import { types } from 'node:util';
import type { Figure } from '../../figures/parts/figure';
import { show } from './show';
import { isFrame, table } from './table';

/** Shows a figure, a DataFrame or a Series below the running cell. @returns whether `value` is one of these */
export async function display(value: unknown): Promise<boolean> {
  if (types.isProxy(value)) return false; // which may throw at any question
  if (isFigure(value)) await show(value);
  else if (isFrame(value)) table(value);
  else return false;
  return true;
}

function isFigure(value: unknown): value is Figure {
  const { data, layout, alt } = (value ?? {}) as Partial<Figure>;
  return Array.isArray(data) && typeof layout === 'object' && typeof alt === 'string';
}

/** The kernel hands it the value of a cell's last expression (jupyter/kernels/tslab/server.cjs). */
(globalThis as Record<symbol, unknown>)[Symbol.for('equisphere.display')] = display;
