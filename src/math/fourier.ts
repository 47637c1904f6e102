import FFT from 'fft.js';

/** The few methods of fft.js that we use, on float64 arrays; interleaved complex numbers. */
interface Transform {
  realTransform(out: Float64Array, input: Float64Array): void;
}

const transforms = new Map<number, Transform>();

/**
 * Unnormalised cosine and sine sums over one turn: cosine[m] = sum_k x_k cos(2 pi m k / N), sine likewise.
 * fft.js where N is a power of two, direct sums elsewhere.
 * @returns orders 0..orders-1; needs orders <= N/2
 */
export function fourierAnalysis(
  x: Float64Array,
  orders: number,
): { cosine: Float64Array; sine: Float64Array } {
  const cosine = new Float64Array(orders);
  const sine = new Float64Array(orders);
  const n = x.length;
  if (n > 1 && (n & (n - 1)) === 0) {
    const out = new Float64Array(2 * n);
    transformOf(n).realTransform(out, x);
    for (let m = 0; m < orders; m++) {
      cosine[m] = out[2 * m];
      sine[m] = -out[2 * m + 1];
    }
  } else {
    for (let m = 0; m < orders; m++)
      for (let k = 0; k < n; k++) {
        const angle = (2 * Math.PI * ((m * k) % n)) / n;
        cosine[m] += x[k] * Math.cos(angle);
        sine[m] += x[k] * Math.sin(angle);
      }
  }
  return { cosine, sine };
}

/** x_k = sum_m cosine[m] cos(2 pi m k / size) + sine[m] sin(2 pi m k / size), the transpose of the analysis. */
export function fourierSynthesis(cosine: Float64Array, sine: Float64Array, size: number): Float64Array {
  return Float64Array.from({ length: size }, (_, k) => {
    let sum = 0;
    for (let m = 0; m < cosine.length; m++) {
      const angle = (2 * Math.PI * ((m * k) % size)) / size;
      sum += cosine[m] * Math.cos(angle) + sine[m] * Math.sin(angle);
    }
    return sum;
  });
}

function transformOf(n: number): Transform {
  let transform = transforms.get(n);
  if (!transform) {
    transform = new FFT(n) as unknown as Transform;
    transforms.set(n, transform);
  }
  return transform;
}
