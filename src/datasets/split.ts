import { type Digits, type ImageSet, imageSize } from './digits';

/**
 * The training digits of a data set in two: those to train on, and a sixth of them, 5000 at most, held out for
 * validation. Nothing is copied.
 */
export function splitDigits({ train }: Digits): { train: ImageSet; validation: ImageSet } {
  const held = Math.min(5000, Math.floor(train.count / 6));
  const border = train.count - held;
  return { train: sliceImages(train, 0, border), validation: sliceImages(train, border, train.count) };
}

/** Images start..end-1 of a set, not copied. */
function sliceImages({ size, pixels, labels }: ImageSet, start: number, end: number): ImageSet {
  const perImage = imageSize * imageSize;
  return {
    count: end - start,
    size,
    pixels: pixels.subarray(start * perImage, end * perImage),
    labels: labels.subarray(start, end),
  };
}
