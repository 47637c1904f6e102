import type * as tf from '@tensorflow/tfjs';
import { check } from '../util/check';

/** A model whose `predict` refuses no images in plain words; TensorFlow.js says "Pass at least one tensor to concat". */
export function refusingNone(model: tf.LayersModel): tf.LayersModel {
  const predict = model.predict.bind(model);
  model.predict = (x, options) => {
    for (const { shape } of [x].flat())
      check(
        shape[0] !== 0,
        () => `${model.name}: predict: expected an image or more, got [${shape.join(', ')}]`,
      );
    return predict(x, options);
  };
  return model;
}
