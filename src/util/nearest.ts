/**
 * Source index of each target index in nearest-neighbour resizing. In float32, as TensorFlow and PyTorch compute
 * it: where target * in / out is whole, rounding decides.
 */
export function nearestSources(sourceLength: number, targetLength: number): Int32Array {
  const scale = Math.fround(sourceLength / targetLength);
  return Int32Array.from({ length: targetLength }, (_, i) =>
    Math.min(Math.floor(Math.fround(i * scale)), sourceLength - 1),
  );
}
