/** Answers to the exercises of 03-harmonics, as they stand in it. */
import * as es from '../../src/index';

/** The mean of x y Y^l_m for all harmonics below degree 5: those that are not 0. */
export function coefficientsOfXY(): string[] {
  const [b, size] = [8, 16];
  const [beta, alpha] = [es.betas(b), es.azimuths(b)];
  const xy = Float64Array.from({ length: size * size }, (_, i) => {
    const [j, k] = [Math.floor(i / size), i % size];
    return Math.sin(beta[j]) ** 2 * Math.cos(alpha[k]) * Math.sin(alpha[k]);
  });
  return [...es.s2Analysis(xy, b, 5)].flatMap((value, i) => {
    const l = Math.floor(Math.sqrt(i));
    return Math.abs(value) > 1e-12 ? [`l = ${l}, m = ${i - l * l - l}`] : [];
  });
}

/** The matrix of degree 1 for a turn about z, rows and columns m = -1, 0, 1. */
export function turnAboutZ(alpha: number): number[][] {
  const [c, s] = [Math.cos(alpha), Math.sin(alpha)];
  return [
    [c, 0, s],
    [0, 1, 0],
    [-s, 0, c],
  ];
}

/** The signal that has the negative of all odd degrees. */
export function oddNegated(signal: ArrayLike<number>, b: number): Float64Array {
  const spectrum = es.s2Analysis(signal, b);
  return es.s2Synthesis(
    spectrum.map((value, i) => (Math.floor(Math.sqrt(i)) % 2 === 1 ? -value : value)),
    b,
  );
}

/** The fewest degrees that hold a share of a signal's power. */
export function degreesFor(share: number, powers: readonly number[]): number {
  const total = powers.reduce((sum, power) => sum + power, 0);
  let [degrees, held] = [0, 0];
  while (held < share * total) held += powers[degrees++];
  return degrees;
}

/** The relative error of one turn by interpolation, of a signal with 16 degrees on finer and finer grids. */
export function interpolationErrors(spectrum: Float64Array, turn: es.Rotation): number[] {
  return [16, 32, 64].map((b) => {
    const signal = es.s2Synthesis(spectrum, b);
    const exact = es.rotateS2(signal, b, turn);
    const turned = es.lessons.rotateByInterpolation(signal, b, turn);
    const norm = (x: Float64Array) => Math.hypot(...x);
    return norm(turned.map((value, i) => value - exact[i])) / norm(exact);
  });
}

/** The trace of the matrix of degree l, from the angle of the rotation alone. */
export function traceByAngle(l: number, r: es.Rotation): number {
  const angle = Math.acos((r[0] + r[4] + r[8] - 1) / 2); // the trace of R is 1 + 2 cos(angle)
  return Math.sin(((2 * l + 1) * angle) / 2) / Math.sin(angle / 2);
}

/** Sum over m of Y^l_m(p) Y^l_m(q), where q is the north pole: only m = 0 is not 0 there, and Y^l_0 = 1. */
export function sumAtPole(l: number, beta: number): number {
  return es.wignerByDegree(0, 0, l + 1, [beta])[l][0];
}
