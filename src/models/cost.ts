import * as tf from '@tensorflow/tfjs';

/** What a network is made of, for one sphere. */
export interface NetworkCost {
  parameters: number;
  /** of a forward pass, in its convolutions, integrals and dense layers */
  multiplyAdds: number;
  /** of the weights, in float32 */
  bytes: number;
}

/** Parameters, multiply-adds of a forward pass for one sphere, and bytes of its weights in float32. */
export function networkCost(model: tf.LayersModel): NetworkCost {
  const parameters = model.countParams();
  const multiplyAdds = model.layers.reduce((sum, layer) => sum + layerCost(layer), 0);
  return { parameters, multiplyAdds, bytes: 4 * parameters };
}

/** Layers of ours say their own; of the others only dense ones multiply. */
function layerCost(layer: tf.layers.Layer & { multiplyAdds?(): number }): number {
  if (layer.multiplyAdds) return layer.multiplyAdds();
  return layer.getClassName() === 'Dense' ? tf.util.sizeFromShape(layer.getWeights()[0].shape) : 0;
}
