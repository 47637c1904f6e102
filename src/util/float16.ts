/** Half-precision numbers (IEEE 754 binary16), as bits; Node 20 has no array of them. */

const bits = new DataView(new ArrayBuffer(4));

/** Rounded to the nearest, ties to even; beyond 65504 they become infinite. */
export function toFloat16(values: Float32Array): Uint16Array {
  return Uint16Array.from(values, (value) => {
    bits.setFloat32(0, value);
    const word = bits.getUint32(0);
    const sign = (word >>> 16) & 0x8000;
    const magnitude = word & 0x7fffffff;
    if (magnitude > 0x7f800000) return sign | 0x7e00; // not a number
    if (magnitude >= 0x477ff000) return sign | 0x7c00; // infinite, or rounded to it
    if (magnitude >= 0x38800000) return sign | roundedShift(magnitude - 0x38000000, 13);
    const exponent = magnitude >>> 23; // subnormal, in units of 2^-24
    return exponent < 102 ? sign : sign | roundedShift((magnitude & 0x7fffff) | 0x800000, 126 - exponent);
  });
}

export function fromFloat16(halves: Uint16Array): Float32Array {
  return Float32Array.from(halves, (half) => {
    const sign = half & 0x8000 ? -1 : 1;
    const exponent = (half >>> 10) & 0x1f;
    const fraction = half & 0x3ff;
    if (exponent === 0) return sign * fraction * 2 ** -24;
    if (exponent === 0x1f) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY;
    return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
  });
}

/** word / 2^shift, rounded to the nearest integer, ties to even. */
function roundedShift(word: number, shift: number): number {
  const floor = word >>> shift;
  const rest = word & ((1 << shift) - 1);
  const half = 1 << (shift - 1);
  return floor + (rest > half || (rest === half && floor & 1) ? 1 : 0);
}
