import * as tf from '@tensorflow/tfjs';
import { bandwidthOfGrid } from '../math/grid';
import { s2MeanSquare, so3MeanSquare } from '../math/norm';
import { type Rotation, randomRotation } from '../math/rotation';
import { rotateS2Spectrum, rotateSO3Spectrum } from '../math/spectral_rotation';
import {
  s2Analysis,
  s2SpectrumSize,
  s2Synthesis,
  so3Analysis,
  so3SpectrumSize,
  so3Synthesis,
} from '../math/transform';
import { check, checkInteger, checkKeys } from '../util/check';
import { Random } from '../util/random';
import { rotateByInterpolation } from './interpolation';

export interface EquivarianceOptions {
  /** Random rotations to try; default 3. */
  trials?: number;
  seed?: number;
  /** The input has the degrees below this; default: the bandwidth of its grid. */
  degrees?: number;
  /** Inputs of one channel to try instead of random ones, one a trial, [2b, 2b] or [2b, 2b, 2b]; other degrees are cut off. */
  signals?: readonly ArrayLike<number>[];
}

export interface EquivarianceError {
  /** Mean over the trials of ||f(L_R x) - L_R f(x)|| / ||f(x)||, norms of the Haar measure over all channels. */
  mean: number;
  /** The largest of them. */
  worst: number;
}

/** Anything that maps a batch of signals to a batch of signals or of invariants. */
export type SignalMap = { apply(x: tf.Tensor): unknown } | ((x: tf.Tensor) => tf.Tensor);

/**
 * How far a layer or a model is from equivariance: random band-limited inputs are rotated spectrally, which
 * is exact, in float64; the outputs are compared by their spectra, so that no interpolation enters.
 * An output [batch, channels] is compared with itself: it should be invariant. The error of a map to zero is 0.
 * @param map a layer, a model or a function
 * @param inputShape [2b, 2b, channels] on the sphere or [2b, 2b, 2b, channels] on the group
 * @throws UsageError if input or output lie on no grid, the output is not finite, or it is zero but for the rotated input
 */
export async function equivarianceError(
  map: SignalMap,
  inputShape: readonly number[],
  options: EquivarianceOptions = {},
): Promise<EquivarianceError> {
  const checkedOptions = checked('equivarianceError', bandwidthOfSignal(inputShape), options);
  const { trials, seed } = checkedOptions;
  const random = Random.of(seed, 'equivariance');
  const run = (x: tf.Tensor) => (typeof map === 'function' ? map(x) : map.apply(x)) as tf.Tensor;
  const errors: number[] = [];
  for (let trial = 0; trial < trials; trial++) {
    const rotation = randomRotation(random);
    const spectra = spectraOf(inputShape, random, trial, checkedOptions);
    const plain = await evaluate(run, inputShape, spectra);
    const rotated = await evaluate(run, inputShape, rotateSpectra(inputShape, spectra, rotation));
    const expected = rotateSpectra(plain.shape, plain.spectra, rotation);
    errors.push(relativeDistance(plain.shape, rotated.spectra, expected));
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
 * The error that rotating by bilinear interpolation on the grid makes, by itself: the baseline for the errors of maps
 * on the sphere, in the same norm. Of the same signals on the sphere of bandwidth b with degrees below `degrees`.
 * @throws UsageError unless b is a bandwidth with room for the degrees
 */
export function interpolationError(b: number, options: EquivarianceOptions = {}): number {
  checkInteger('interpolationError: bandwidth', b, 1);
  const checkedOptions = checked('interpolationError', b, options);
  const { trials, seed } = checkedOptions;
  const random = Random.of(seed, 'interpolation');
  const shape = [2 * b, 2 * b, 1];
  let sum = 0;
  for (let trial = 0; trial < trials; trial++) {
    const rotation = randomRotation(random);
    const [spectrum] = spectraOf(shape, random, trial, checkedOptions);
    const turned = s2Analysis(rotateByInterpolation(s2Synthesis(spectrum, b), b, rotation), b);
    sum += relativeDistance(shape, [turned], [rotateS2Spectrum(spectrum, rotation)]);
  }
  return sum / trials;
}

/** Options with their defaults filled in. */
type Checked = Required<Omit<EquivarianceOptions, 'signals'>> & Pick<EquivarianceOptions, 'signals'>;

function checked(who: string, b: number, options: EquivarianceOptions): Checked {
  checkKeys(who, options, { trials: true, seed: true, degrees: true, signals: true });
  const { signals, seed = 1, degrees = b } = options;
  const { trials = signals?.length ?? 3 } = options;
  checkInteger(`${who}: trials`, trials, 1, signals?.length);
  checkInteger(`${who}: degrees on a grid of bandwidth ${b}`, degrees, 1, b);
  return { trials, seed, degrees, signals };
}

/** Spectra of the input of a trial, [channel][coefficient]. */
function spectraOf(shape: readonly number[], random: Random, trial: number, { signals, degrees }: Checked) {
  if (!signals) return randomSpectra(shape, random, degrees);
  check(shape[shape.length - 1] === 1, 'equivarianceError: signals have one channel');
  const [spectrum] = outputSpectra(Float64Array.from(signals[trial]), [...shape]);
  const cut = shape.length === 4 ? so3SpectrumSize(degrees) : s2SpectrumSize(degrees);
  return [spectrum.map((value, i) => (i < cut ? value : 0))];
}

/** Of a shape [2b, 2b, channels] or [2b, 2b, 2b, channels]. */
function bandwidthOfSignal(shape: readonly number[]): number {
  return bandwidthOfGrid(shape.slice(0, -1));
}

/** Spectra of each channel, [channel][coefficient]: normal numbers; degree l has the power 2l+1, white on the sphere. */
function randomSpectra(shape: readonly number[], random: Random, degrees: number): Float64Array[] {
  const b = bandwidthOfSignal(shape);
  const group = shape.length === 4;
  return Array.from({ length: shape[shape.length - 1] }, () => {
    const spectrum = new Float64Array(group ? so3SpectrumSize(b) : b * b);
    for (let l = 0, at = 0; l < degrees; l++) {
      const count = group ? (2 * l + 1) ** 2 : 2 * l + 1;
      for (let i = 0; i < count; i++) spectrum[at++] = random.normal() / Math.sqrt(count);
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
  const b = bandwidthOfSignal(shape);
  return spectra.map((s) =>
    shape.length === 4 ? rotateSO3Spectrum(s, b, rotation) : rotateS2Spectrum(s, rotation),
  );
}

/** Runs the map on the signal of the given spectra; returns the output's shape and spectra. */
async function evaluate(run: (x: tf.Tensor) => tf.Tensor, shape: readonly number[], spectra: Float64Array[]) {
  const b = bandwidthOfSignal(shape);
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
  const b = bandwidthOfSignal(shape);
  return signals.map((x) => (shape.length === 4 ? so3Analysis(x, b) : s2Analysis(x, b)));
}

/** [channel][point] to [point][channel]. */
function interleave(signals: Float64Array[]): Float32Array {
  const all = new Float32Array(signals.length * signals[0].length);
  for (let i = 0; i < all.length; i++) all[i] = signals[i % signals.length][Math.floor(i / signals.length)];
  return all;
}

/** ||a - b|| / ||b||, of spectra [channel][coefficient] of signals or of invariants; 0 if both are zero. */
function relativeDistance(shape: readonly number[], a: Float64Array[], b: Float64Array[]): number {
  const meanSquare = { 1: ([x]: Float64Array) => x * x, 3: s2MeanSquare, 4: so3MeanSquare }[shape.length]!;
  let [difference, norm] = [0, 0];
  for (let c = 0; c < a.length; c++) {
    difference += meanSquare(a[c].map((value, i) => value - b[c][i]));
    norm += meanSquare(b[c]);
  }
  check(Number.isFinite(difference + norm), 'equivarianceError: the output is not finite');
  if (difference === 0 && norm === 0) return 0;
  check(norm > 0, 'equivarianceError: the output is zero everywhere: no relative error');
  return Math.sqrt(difference / norm);
}
