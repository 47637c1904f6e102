import { s2SpectrumSize } from '../math/transform';

/**
 * How much of a signal's mean square is in each degree (Parseval).
 * @param spectrum on the sphere, [degrees^2]
 * @returns [degrees]
 */
export function powerByDegree(spectrum: ArrayLike<number>): Float64Array {
  const degrees = Math.round(Math.sqrt(spectrum.length));
  return Float64Array.from({ length: degrees }, (_, l) => {
    let power = 0;
    for (let i = s2SpectrumSize(l); i < s2SpectrumSize(l + 1); i++) power += (2 * l + 1) * spectrum[i] ** 2;
    return power;
  });
}
