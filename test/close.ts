import assert from 'node:assert/strict';

/** Largest |actual - expected| over the largest |expected|. @throws if the lengths differ. */
export function relativeError(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  assert.equal(actual.length, expected.length, 'lengths differ');
  return worst(actual, expected).error;
}

/** Asserts that every element lies within `tolerance` times the largest |expected|; names the worst one. */
export function assertClose(
  actual: ArrayLike<number>,
  expected: ArrayLike<number>,
  tolerance: number,
  what = 'array',
): void {
  assert.equal(actual.length, expected.length, `${what}: lengths differ`);
  const { error, index } = worst(actual, expected);
  assert.ok(
    error <= tolerance,
    `${what}: relative error ${error.toExponential(2)} > ${tolerance} at ${index}: got ${actual[index]}, expected ${expected[index]}`,
  );
}

function worst(actual: ArrayLike<number>, expected: ArrayLike<number>): { error: number; index: number } {
  let [scale, error, index] = [1e-30, 0, 0];
  for (let i = 0; i < expected.length; i++) scale = Math.max(scale, Math.abs(expected[i]));
  for (let i = 0; i < expected.length; i++) {
    const difference = Math.abs(actual[i] - expected[i]);
    if (!(difference <= error)) [error, index] = [difference, i];
  }
  return { error: error / scale, index };
}
