/** Keys that TensorFlow.js itself passes when it makes or restores a layer. */
export const frameworkKeys = [
  'name',
  'trainable',
  'batchInputShape',
  'inputShape',
  'dtype',
  'batchSize',
  'weights',
  'inputDType',
  'customObjects',
];
