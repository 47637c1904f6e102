export { adam } from './adam';
export { panelBytes, sgemm } from './gemm';
export { sumRows, sumSegments } from './columns';
export { add, addBias, clear, maskPositive, repeat } from './elementwise';
export {
  degreesFromOrders, ordersFromDegrees, sphereDegreesFromOrders, sphereOrdersFromDegrees,
} from './degrees';
export { isRelaxed } from './floats';
export { ringsFromSpectrum, spectrumFromRings } from './kernel_rings';
export { fourierFromOrders, ordersFromFourier } from './orders';
export { poolImage, unpoolImage } from './maxima';
export { gatherPatches, scatterPatches } from './patches';
export { gatherPixels, scatterPixels } from './pixels';
export { finishRing, maskRing } from './rings';
export { labelWeight, softmaxCrossEntropy } from './softmax';
export { transpose } from './transpose';
