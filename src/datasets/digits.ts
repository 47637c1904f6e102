/** What the data sets have in common. Plain arrays: nothing here knows TensorFlow. */
import { check, checkInteger } from '../util/check';

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

/** @throws UsageError unless these are images with their labels, so many at least */
export function checkImages(who: string, images: ImageSet, least = 1): void {
  const isSet = images?.pixels !== undefined && images.labels !== undefined;
  check(
    isSet,
    () => `${who}: expected images with labels, as \`(await loadDigits('mnist')).train\`, got ${images}`,
  );
  const { count, pixels, labels } = images;
  checkInteger(`${who}: images`, count, least);
  check(
    pixels.length === count * imageSize ** 2 && labels.length === count,
    () =>
      `${who}: expected ${count * imageSize ** 2} pixels and ${count} labels, got ${pixels.length} and ${labels.length}`,
  );
}
