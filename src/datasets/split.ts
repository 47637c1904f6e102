import { checkInteger } from '../util/check';
import { checkImages, type ImageSet, imageSize } from './digits';

/** The two parts of a set of training digits; they share the memory of the whole. */
export interface Split {
  train: ImageSet;
  validation: ImageSet;
}

/**
 * Holds the last images of a set back for validation: whoever trains takes `train`, and no digit is in both.
 * @param held default a sixth, 5000 at most
 * @throws UsageError if nothing would be left to train or to validate with
 */
export function splitDigits(digits: ImageSet, held?: number): Split {
  checkImages('splitDigits', digits, 2);
  const usual = Math.max(1, Math.min(5000, Math.floor(digits.count / 6)));
  const size = checkInteger('splitDigits: held', held ?? usual, 1, digits.count - 1);
  const start = digits.count - size;
  return { train: slice(digits, 0, start), validation: slice(digits, start, digits.count) };
}

/** Images start..end-1, not copied. */
function slice({ size, pixels, labels }: ImageSet, start: number, end: number): ImageSet {
  const area = imageSize * imageSize;
  return {
    count: end - start,
    size,
    pixels: pixels.subarray(start * area, end * area),
    labels: labels.subarray(start, end),
  };
}
