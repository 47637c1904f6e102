import * as tf from '@tensorflow/tfjs';
import { type EquivarianceOptions, equivarianceError, interpolationError } from '../analysis/equivariance';
import type { LayerError } from '../figures/charts/equivariance_error_by_layer';
import { bandwidthOf } from '../math/grid';
import { s2Analysis, s2Synthesis } from '../math/transform';
import { makingLayers } from './feature_maps';

/**
 * The equivariance error of a network, cut off behind each of its layers; next to it, behind layers that write maps on
 * the sphere, the error of rotating such a map by interpolation on its grid: of the input's degrees, as far as they
 * fit that grid.
 */
export async function errorsByLayer(
  model: tf.LayersModel,
  options: EquivarianceOptions = {},
): Promise<LayerError[]> {
  const inputShape = model.inputs[0].shape.slice(1) as number[];
  const inputDegrees = options.degrees ?? bandwidthOf(inputShape[0]);
  const rows: LayerError[] = [];
  for (const layer of makingLayers(model)) {
    const output = layer.output as tf.SymbolicTensor;
    const upToLayer = tf.model({ inputs: model.inputs, outputs: output });
    const { mean: error } = await equivarianceError(upToLayer, inputShape, options);
    rows.push({ layer: layer.name, error, ...baseline(output.shape, inputDegrees, options) });
  }
  return rows;
}

function baseline(shape: tf.Shape, inputDegrees: number, options: EquivarianceOptions) {
  if (shape.length !== 4) return {};
  const b = bandwidthOf(shape[1]!);
  const signals = options.signals?.map((signal) => onGrid(signal, b));
  const interpolation = interpolationError(b, {
    ...options,
    ...(signals ? { signals } : {}),
    degrees: Math.min(inputDegrees, b),
  });
  return { interpolation };
}

/** The degrees of a signal on the sphere that fit a grid of bandwidth b, on that grid. */
function onGrid(signal: ArrayLike<number>, b: number): Float64Array {
  const own = bandwidthOf(Math.sqrt(signal.length));
  return s2Synthesis(s2Analysis(signal, own, Math.min(own, b)), b);
}
