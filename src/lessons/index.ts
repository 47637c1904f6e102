/** What the notebooks draw and compute to explain, beyond the library itself. */

export { rotateByInterpolation } from '../analysis/interpolation';
export { type NamedWorth, worthText } from '../figures/parts/worth_wording';
export { applyFilter } from './apply_filter';
export { axisMaps, type Recipe, zoneExcess } from './axis_maps';

export { type ChartText, chart, type Series, showChart } from './chart';
export { columns } from './columns';
export { commutingSquare, type Square } from './commuting_square';
export { type Confusions, confusions } from './confusions';
export {
  combineColumns,
  convolveByDegree,
  convolveOnSphere,
  type FilterPoint,
  kernelSpectrum,
  sphereKernelSpectrum,
  valueAt,
} from './convolution';
export { largestDifference } from './difference';
export { type FaultCost, faultCost } from './fault_costs';
export {
  type FeatureMaps,
  featureMaps,
  liveliest,
  seenMap,
  turnMap,
} from './feature_maps';
export { type FilterGlobe, filterPoints } from './filter_points';
export { type Camera, equatorView, facing, globeView, gridPoints, pointOf, southernView } from './globe';
export { errorsByLayer } from './layer_errors';
export { mainStudy, rowsOf, type Study, sampleSets } from './main_study';
export { type MatrixRow, wignerMatrices } from './matrices';
export { oversampled } from './oversampled';
export {
  mask,
  type Picture,
  type PicturesText,
  pictures,
  showDrawing,
  showPictures,
  signed,
} from './pictures';
export { powerByDegree } from './power';
export { correctDigits } from './quadrature';
export { rayDrawing } from './rays';
export { countDifferent, meanArea, placedDigits, sphereAt } from './spheres';
export { studyWith } from './study_with';
export { digitShares, histogram, type Shares } from './surfaces';
export { turnedSpheres } from './turned_spheres';
export { worthOf } from './worth';
