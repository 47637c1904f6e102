/** [batch, channels, ...points] to [batch, ...points, channels]: golden vectors are channels-first, we are not. */
export function channelsLast(
  values: ArrayLike<number>,
  shape: number[],
): { values: Float32Array; shape: number[] } {
  const [batch, channels, ...points] = shape;
  const count = points.reduce((product, size) => product * size, 1);
  const moved = new Float32Array(values.length);
  for (let k = 0; k < batch; k++)
    for (let c = 0; c < channels; c++)
      for (let i = 0; i < count; i++)
        moved[(k * count + i) * channels + c] = values[(k * channels + c) * count + i];
  return { values: moved, shape: [batch, ...points, channels] };
}
