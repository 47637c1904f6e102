export { adam } from './adam';
export { panelBytes, sgemm } from './gemm';
export { sumRows, sumSegments } from './columns';
export { addBias, clear, maskPositive } from './elementwise';
export {
  degreesFromOrders,
  fourierFromOrders,
  ordersFromDegrees,
  ordersFromFourier,
  ringsFromSpectrum,
  spectrumFromRings,
} from './spherical';
export { maxTaps, scatterMaxima } from './maxima';
export { gatherPatches, scatterPatches } from './patches';
export { gatherPixels, scatterPixels } from './pixels';
export { rectifySum } from './rectify';
export { finishRing, maskRing } from './rings';
export { softmaxCrossEntropy } from './softmax';
export { transpose } from './transpose';
