import type { Kernels } from '../kernels/kernels';

/**
 * The one dense product that everything fast here is made of:
 *
 *   C = alpha op(A) op(B) + beta C,   op(A) [m, k], op(B) [k, n], C [m, n], all row-major float32
 *
 * Operands are byte addresses in the heap of the WASM backend, so nothing is copied. `lda` is the distance
 * in floats between the rows of A *as it is stored*: [m, k], or [k, m] if `transA`.
 */
export type Sgemm = (
  transA: boolean,
  transB: boolean,
  m: number,
  n: number,
  k: number,
  alpha: number,
  a: number,
  lda: number,
  b: number,
  ldb: number,
  beta: number,
  c: number,
  ldc: number,
) => void;

/** The dense product as the heap offers it. */
export interface Gemm {
  readonly provider: 'blas' | 'simd';
  /** What runs it, for the engine report: a library's name, or the instruction set. */
  readonly description: string;
  readonly threads: number;
  /** Large products are divided among the threads. */
  sgemm: Sgemm;
}

/** Arguments of cblas_sgemm, addresses as the processor sees them. */
export type Cblas = (...args: number[]) => void;

/** What a thread must load to call a BLAS. */
export interface BlasLibrary {
  library: string;
  declaration: string;
  /** Calls that set its number of threads, if it has them; some libraries hold it thread by thread. */
  setters: string[];
}

/** One way to compute the dense product, on one thread. */
export interface GemmProvider extends Pick<Gemm, 'provider' | 'description'> {
  /** The kernels that a BLAS has for this processor, by its name for them; null if it does not say. */
  readonly core: string | null;
  /** Whether several threads may compute with it at once. */
  readonly manyCallers: boolean;
  /** What a thread must load; null if nothing. */
  readonly library: BlasLibrary | null;
  /** Runs it in this thread; only for providers with a library. */
  readonly cblas: Cblas;
  /** The product in terms of what a lane can call. `panel`: scratch memory of kernels.panelBytes() bytes. */
  bind(lane: { kernels: Kernels; cblas: Cblas }, panel: number): Sgemm;
}

/** Thrown by a provider that cannot be used here; the message says why. */
export class GemmUnavailable extends Error {}

/** Below this, dividing a product costs more than it gains: some 20 microseconds of work. */
const WORTH_DIVIDING = 2e6;

/** A product whose rows, or columns if there are more, are divided among lanes. The sums do not change. */
export function dividedProduct(crew: Divisible, whole: Sgemm): Sgemm {
  return (transA, transB, m, n, k, alpha, a, lda, b, ldb, beta, c, ldc) => {
    const byRows = m >= n;
    const longer = Math.max(m, n);
    const part = 16 * Math.ceil(longer / crew.size / 16);
    if (part >= longer || 2 * m * n * k < WORTH_DIVIDING)
      return whole(transA, transB, m, n, k, alpha, a, lda, b, ldb, beta, c, ldc);
    crew.parallel(Math.ceil(longer / part), (lane, i) => {
      const first = i * part;
      if (byRows) {
        const from = a + 4 * first * (transA ? 1 : lda);
        const rows = Math.min(part, m - first);
        lane.sgemm(transA, transB, rows, n, k, alpha, from, lda, b, ldb, beta, c + 4 * first * ldc, ldc);
      } else {
        const from = b + 4 * first * (transB ? ldb : 1);
        const columns = Math.min(part, n - first);
        lane.sgemm(transA, transB, m, columns, k, alpha, a, lda, from, ldb, beta, c + 4 * first, ldc);
      }
    });
  };
}

/** Products of at most so many multiplications run on OpenBLAS's AVX-512 kernels that do not pack their operands. */
const UNPACKED = 1e6;

/** In more pieces, a product gains nothing over a packed one, */
const MOST_PIECES = 3;

/** unless its shortest side is no longer than this: to pack the operands takes longer than to multiply them. */
const THIN = 16;

/**
 * A product that is a little too large for the kernels without packing, or thin, cut along its longest side into pieces
 * for them: 70 to 90 GFLOP/s become 100 to 110, and 23 become 36 for 8 rows of 1,719 terms. Products with a transposed B are slow
 * there, and gain only if thin.
 */
export function cutProduct(whole: Sgemm): Sgemm {
  return (transA, transB, m, n, k, alpha, a, lda, b, ldb, beta, c, ldc) => {
    const pieces = Math.ceil((m * n * k) / UNPACKED);
    const isThin = Math.min(m, n, k) <= THIN;
    const isLittle = pieces <= MOST_PIECES && !transB;
    if (pieces === 1 || (!isThin && !isLittle))
      return whole(transA, transB, m, n, k, alpha, a, lda, b, ldb, beta, c, ldc);
    const longest = Math.max(m, n, k);
    const part = Math.ceil(longest / pieces);
    for (let first = 0; first < longest; first += part) {
      const length = Math.min(part, longest - first);
      if (longest === m) {
        const from = a + 4 * first * (transA ? 1 : lda);
        whole(transA, transB, length, n, k, alpha, from, lda, b, ldb, beta, c + 4 * first * ldc, ldc);
      } else if (longest === n) {
        const from = b + 4 * first * (transB ? ldb : 1);
        whole(transA, transB, m, length, k, alpha, a, lda, from, ldb, beta, c + 4 * first, ldc);
      } else {
        const [fromA, fromB] = [a + 4 * first * (transA ? lda : 1), b + 4 * first * (transB ? 1 : ldb)];
        const keep = first === 0 ? beta : 1;
        whole(transA, transB, m, n, length, alpha, fromA, lda, fromB, ldb, keep, c, ldc);
      }
    }
  };
}

/** What a product can be divided among. */
interface Divisible {
  readonly size: number;
  parallel(count: number, body: (lane: { sgemm: Sgemm }, i: number) => void): void;
}
