import { Resvg } from '@resvg/resvg-js';
import { fontOptions } from './fonts';

const bundled = new Map<string, boolean>();

/** The letters of a text that the bundled font cannot draw, each once. */
export function missingLetters(text: string): string[] {
  const unusual = [...new Set(text)].filter((letter) => /[^\s!-~\p{M}\p{C}]/u.test(letter));
  return unusual.filter((letter) => {
    const known = bundled.get(letter) ?? canDraw(letter, fontOptions);
    bundled.set(letter, known);
    return !known;
  });
}

/** The bundled font, and for letters that it lacks those of this machine. */
export const withSystemFonts = { ...fontOptions, loadSystemFonts: true };

/** Whether a letter leaves a trace. */
export function canDraw(letter: string, font: typeof fontOptions): boolean {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg"><text y="20">${letter}</text></svg>`;
  return new Resvg(svg, { font }).getBBox() !== undefined;
}
