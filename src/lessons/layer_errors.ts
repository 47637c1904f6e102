import * as tf from '@tensorflow/tfjs';
import { type EquivarianceOptions, equivarianceError, interpolationError } from '../analysis/equivariance';
import type { LayerError } from '../figures/charts/equivariance_error_by_layer';
import { bandwidthOf } from '../math/grid';

/**
 * The equivariance error of a network, cut off behind each of its layers; next to it the error of rotating by
 * interpolation on the grid that the layer writes to, or on the input's where the layer writes to none.
 */
export async function errorsByLayer(
  model: tf.LayersModel,
  options: EquivarianceOptions = {},
): Promise<LayerError[]> {
  const inputShape = model.inputs[0].shape.slice(1) as number[];
  const rows: LayerError[] = [];
  const layers = model.layers.filter((layer) => !['InputLayer', 'Rescaling'].includes(layer.getClassName()));
  for (const layer of layers) {
    const output = layer.output as tf.SymbolicTensor;
    const { mean } = await equivarianceError(
      tf.model({ inputs: model.inputs, outputs: output }),
      inputShape,
      options,
    );
    const side = output.shape.length > 2 ? output.shape[1]! : inputShape[0];
    rows.push({ layer: layer.name, error: mean, interpolation: interpolationError(bandwidthOf(side)) });
  }
  return rows;
}
