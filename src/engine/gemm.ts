/**
 * The one dense product that everything fast here is made of:
 *
 *   C = alpha op(A) op(B) + beta C,   op(A) [m, k], op(B) [k, n], C [m, n], all row-major float32
 *
 * Operands are byte addresses in the heap of the WASM backend, so nothing is copied. `lda` is the distance
 * in floats between the rows of A *as it is stored*: [m, k], or [k, m] if `transA`.
 */
export interface Gemm {
  readonly provider: 'blas' | 'simd';
  /** What runs it, for the engine report: a library's name, or the instruction set. */
  readonly description: string;
  readonly threads: number;
  sgemm(
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
  ): void;
}

/** Thrown by a provider that cannot be used here; the message says why. */
export class GemmUnavailable extends Error {}
