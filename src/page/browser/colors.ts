import type { Task } from '../../datasets/task';
import { classColors, ink, seriesStyle } from '../../figures/parts/theme';
import type { PageNetwork } from '../payload';

/** Red, green, blue, 0..255. */
export type Color = readonly [number, number, number];

/** '#D55E00' as numbers. */
export function colorOf(hex: string): Color {
  const value = Number.parseInt(hex.slice(1), 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
}

/** The colours of a network: of areas, and of text on white. */
export function networkColors({ network, training }: PageNetwork): { color: string; text: string } {
  const rank = network.family === 's2cnn' || training === 'unrotated' ? 0 : 1;
  const { color, textColor } = seriesStyle(network.family, rank);
  return { color, text: textColor };
}

/** The ink of a digit on the ball: where masks are shown, the colour of its class. */
export function inkOf(task: Task, label: number | null): Color {
  return colorOf(task === 'segmentation' && label !== null ? classColors[label + 1] : ink);
}
