/** What the notebooks draw and compute to explain, beyond the library itself. */
export { type ChartText, chart, type Series } from './lessons_chart';
export { convolveByDegree, kernelSpectrum } from './lessons_convolution';
export { errorsByLayer } from './lessons_layer_errors';
export { type Picture, type PicturesText, pictures, showPictures } from './lessons_pictures';
export { mainStudy, rowsOf, type Study, sampleSets } from './lessons_study';
export { digitShares, histogram, type Shares } from './lessons_surfaces';
export { type Worth, worthOf, worthText } from './lessons_worth';
