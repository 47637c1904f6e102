import { classColors } from './theme';

/** A colour scale of plotly: places from 0 to 1 with their colours. */
export type ColorScale = [place: number, color: string][];

/** From paper to ink. */
export const greyScale: ColorScale = [
  [0, '#FFFFFF'],
  [1, '#111111'],
];

/** Negative, zero and positive numbers, told apart without red and green (Okabe and Ito's blue and vermilion). */
export const divergingScale: ColorScale = [
  [0, '#0072B2'],
  [0.5, '#FFFFFF'],
  [1, '#D55E00'],
];

/** A step for each class, from background on. */
export const classScale: ColorScale = classColors.flatMap((color, i): ColorScale => {
  const steps = classColors.length;
  return [
    [i / steps, color],
    [(i + 1) / steps, color],
  ];
});
