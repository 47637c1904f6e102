/**
 * Norms under the normalised Haar measure, from spectra (see transform.ts), by Parseval's theorem: the integral of
 * x^2 is sum_l (2l+1) |X^l|^2, on the sphere and on the group alike.
 */

/** Mean square over the sphere of the signal with the spectrum [degrees^2]. */
export function s2MeanSquare(spectrum: ArrayLike<number>): number {
  return meanSquare(spectrum, (l) => 2 * l + 1);
}

/** Mean square over the group of the signal with the spectrum [degrees (4 degrees^2 - 1) / 3]. */
export function so3MeanSquare(spectrum: ArrayLike<number>): number {
  return meanSquare(spectrum, (l) => (2 * l + 1) ** 2);
}

function meanSquare(spectrum: ArrayLike<number>, count: (l: number) => number): number {
  let sum = 0;
  for (let l = 0, at = 0; at < spectrum.length; l++)
    for (const end = at + count(l); at < end; at++) sum += (2 * l + 1) * spectrum[at] ** 2;
  return sum;
}
