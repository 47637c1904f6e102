/** What the data sets have in common. Plain arrays: nothing here knows TensorFlow. */

export type DatasetName = 'mnist' | 'fashion-mnist' | 'glyphs';

export const datasetNames: readonly DatasetName[] = ['mnist', 'fashion-mnist', 'glyphs'];

/** Rows and columns of an image. */
export const imageSize = 28;

/** Labelled grey images. */
export interface ImageSet {
  count: number;
  size: 28;
  /** [count, 28, 28], 0 is background, 255 full ink */
  pixels: Uint8Array;
  /** [count], 0..9 */
  labels: Uint8Array;
}

/** A data set in its two halves. `name` is what the images really are, also after a fallback to glyphs. */
export interface Digits {
  name: DatasetName;
  /** where it came from, one phrase: "MNIST from data/mnist" */
  source: string;
  train: ImageSet;
  test: ImageSet;
}
