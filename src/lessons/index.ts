/** What the notebooks draw and compute to explain, beyond the library itself. */

export { type NamedWorth, worthText } from '../figures/parts/worth_wording';
export { type ChartText, chart, type Series } from './chart';
export { convolveByDegree, kernelSpectrum } from './convolution';
export { errorsByLayer } from './layer_errors';
export { type Picture, type PicturesText, pictures, showPictures } from './pictures';
export { mainStudy, rowsOf, type Study, sampleSets } from './study';
export { digitShares, histogram, type Shares } from './surfaces';
export { worthOf } from './worth';
