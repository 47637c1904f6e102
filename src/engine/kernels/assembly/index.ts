export { panelBytes, sgemm } from './gemm';
export { addBias, maskPositive } from './elementwise';
export {
  degreesFromOrders,
  fourierFromOrders,
  ordersFromDegrees,
  ordersFromFourier,
  ringsFromSpectrum,
  spectrumFromRings,
} from './spherical';
