import * as tf from '@tensorflow/tfjs';
import { bandwidthOf } from '../math/grid';
import { type Rotation, randomRotation } from '../math/rotation';
import { rotateS2Spectrum, rotateSO3Spectrum } from '../math/spectral_rotation';
import { s2Analysis, s2Synthesis, so3Analysis, so3SpectrumSize, so3Synthesis } from '../math/transform';
import { check } from '../util/check';
import { Random } from '../util/random';

export interface EquivarianceOptions {
  /** Random rotations to try; default 3. */
  trials?: number;
  seed?: number;
  /** Degrees of the random input; default: the bandwidth of its grid. */
  degrees?: number;
}

export interface EquivarianceError {
  /** Mean over the trials of ||f(L_R x) - L_R f(x)|| / ||f(x)||. */
  mean: number;
  /** The largest of them. */
  worst: number;
}

/** Anything that maps a batch of signals to a batch of signals or of invariants. */
export type SignalMap = { apply(x: tf.Tensor): unknown } | ((x: tf.Tensor) => tf.Tensor);

/**
 * How far a layer or a model is from equivariance: random band-limited inputs are rotated spectrally, which
 * is exact, in float64; the outputs are compared by their spectra, so that no interpolation enters.
 * An output [batch, channels] is compared with itself: it should be invariant.
 * @param map a layer, a model or a function
 * @param inputShape [2b, 2b, channels] on the sphere or [2b, 2b, 2b, channels] on the group
 */
export async function equivarianceError(
  map: SignalMap,
  inputShape: readonly number[],
  options: EquivarianceOptions = {},
): Promise<EquivarianceError> {
  const { trials = 3, seed = 1 } = options;
  const random = Random.of(seed, 'equivariance');
  const run = (x: tf.Tensor) => (typeof map === 'function' ? map(x) : map.apply(x)) as tf.Tensor;
  const errors: number[] = [];
  for (let trial = 0; trial < trials; trial++) {
    const rotation = randomRotation(random);
    const spectra = randomSpectra(inputShape, random, options.degrees);
    const plain = await evaluate(run, inputShape, spectra);
    const rotated = await evaluate(run, inputShape, rotateSpectra(inputShape, spectra, rotation));
    errors.push(relativeDistance(rotated.spectra, rotateSpectra(plain.shape, plain.spectra, rotation)));
  }
  return { mean: errors.reduce((sum, e) => sum + e, 0) / trials, worst: Math.max(...errors) };
}

/**
 * @throws Error if the worst relative equivariance error exceeds `tolerance`; the message gives it.
 */
export async function expectEquivariant(
  map: SignalMap,
  inputShape: readonly number[],
  tolerance: number,
  options: EquivarianceOptions = {},
): Promise<EquivarianceError> {
  const error = await equivarianceError(map, inputShape, options);
  if (!(error.worst <= tolerance))
    throw new Error(
      `not equivariant: relative error ${error.worst.toExponential(2)}, expected at most ${tolerance}`,
    );
  return error;
}

/**
 * The error that rotating by bilinear interpolation on the grid makes, by itself: the baseline for the errors
 * of a network. Relative, of a random signal on the sphere of bandwidth b with degrees below `degrees`.
 */
export function interpolationError(b: number, options: EquivarianceOptions = {}): number {
  const { trials = 3, seed = 1, degrees = b } = options;
  const random = Random.of(seed, 'interpolation');
  let sum = 0;
  for (let trial = 0; trial < trials; trial++) {
    const rotation = randomRotation(random);
    const [spectrum] = randomSpectra([2 * b, 2 * b, 1], random, degrees);
    const exact = s2Synthesis(rotateS2Spectrum(spectrum, rotation), b);
    sum += relativeDistance([interpolate(s2Synthesis(spectrum, b), b, rotation)], [exact]);
  }
  return sum / trials;
}

/** Spectra of each channel, [channel][coefficient]: normal numbers, of equal power in every degree. */
function randomSpectra(shape: readonly number[], random: Random, degrees?: number): Float64Array[] {
  const b = bandwidthOf(shape[0]);
  const group = shape.length === 4;
  const limit = degrees ?? b;
  check(limit <= b, () => `equivarianceError: ${limit} degrees do not fit a grid of bandwidth ${b}`);
  return Array.from({ length: shape[shape.length - 1] }, () => {
    const spectrum = new Float64Array(group ? so3SpectrumSize(b) : b * b);
    for (let l = 0, at = 0; l < limit; l++) {
      const count = group ? (2 * l + 1) ** 2 : 2 * l + 1;
      for (let i = 0; i < count; i++)
        spectrum[at++] = random.normal() / (group ? 2 * l + 1 : Math.sqrt(2 * l + 1));
    }
    return spectrum;
  });
}

function rotateSpectra(
  shape: readonly number[],
  spectra: Float64Array[],
  rotation: Rotation,
): Float64Array[] {
  if (shape.length === 1) return spectra;
  const b = bandwidthOf(shape[0]);
  return spectra.map((s) =>
    shape.length === 4 ? rotateSO3Spectrum(s, b, rotation) : rotateS2Spectrum(s, rotation),
  );
}

/** Runs the map on the signal of the given spectra; returns the output's shape and spectra. */
async function evaluate(run: (x: tf.Tensor) => tf.Tensor, shape: readonly number[], spectra: Float64Array[]) {
  const b = bandwidthOf(shape[0]);
  const group = shape.length === 4;
  const x = interleave(spectra.map((s) => (group ? so3Synthesis(s, b, b) : s2Synthesis(s, b))));
  const y = tf.tidy(() => run(tf.tensor(x, [1, ...shape])));
  const values = await y.data();
  const outShape = y.shape.slice(1);
  y.dispose();
  return { shape: outShape, spectra: outputSpectra(Float64Array.from(values), outShape) };
}

function outputSpectra(values: Float64Array, shape: number[]): Float64Array[] {
  const channels = shape[shape.length - 1];
  const signals = Array.from({ length: channels }, (_, c) => values.filter((_v, i) => i % channels === c));
  if (shape.length === 1) return signals;
  const b = bandwidthOf(shape[0]);
  return signals.map((x) => (shape.length === 4 ? so3Analysis(x, b) : s2Analysis(x, b)));
}

/** [channel][point] to [point][channel]. */
function interleave(signals: Float64Array[]): Float32Array {
  const all = new Float32Array(signals.length * signals[0].length);
  for (let i = 0; i < all.length; i++) all[i] = signals[i % signals.length][Math.floor(i / signals.length)];
  return all;
}

function relativeDistance(a: Float64Array[], b: Float64Array[]): number {
  let [difference, norm] = [0, 0];
  for (let c = 0; c < a.length; c++)
    for (let i = 0; i < a[c].length; i++) {
      difference += (a[c][i] - b[c][i]) ** 2;
      norm += b[c][i] ** 2;
    }
  return Math.sqrt(difference / norm);
}

/** f(R^-1 p) on every grid point, bilinear in (beta, alpha). */
function interpolate(x: Float64Array, b: number, rotation: Rotation): Float64Array {
  const size = 2 * b;
  return Float64Array.from({ length: size * size }, (_, i) => {
    const beta = (Math.PI * (2 * Math.floor(i / size) + 1)) / (4 * b);
    const alpha = (Math.PI * (i % size)) / b;
    const p = [Math.sin(beta) * Math.cos(alpha), Math.sin(beta) * Math.sin(alpha), Math.cos(beta)];
    const q = [0, 1, 2].map((k) => rotation[k] * p[0] + rotation[3 + k] * p[1] + rotation[6 + k] * p[2]);
    const row = Math.min(
      size - 1.001,
      Math.max(0, (Math.acos(Math.max(-1, Math.min(1, q[2]))) * 4 * b) / Math.PI / 2 - 0.5),
    );
    const column = ((Math.atan2(q[1], q[0]) / (2 * Math.PI) + 1) % 1) * size;
    const [j, k] = [Math.floor(row), Math.floor(column)];
    const [u, v] = [row - j, column - k];
    const at = (r: number, c: number) => x[r * size + (c % size)];
    return (
      (1 - u) * ((1 - v) * at(j, k) + v * at(j, k + 1)) + u * ((1 - v) * at(j + 1, k) + v * at(j + 1, k + 1))
    );
  });
}
