import type { Sgemm } from './gemm';

/** A float32 matrix in the heap, its rows `stride` floats apart; if it is transposed, its columns are. */
export interface Matrix {
  readonly address: number;
  readonly rows: number;
  readonly columns: number;
  readonly stride: number;
  readonly isTransposed: boolean;
}

/** A row-major matrix at an address. */
export function matrix(address: number, rows: number, columns: number, stride = columns): Matrix {
  return { address, rows, columns, stride, isTransposed: false };
}

export function transposed({ address, rows, columns, stride, isTransposed }: Matrix): Matrix {
  return { address, rows: columns, columns: rows, stride, isTransposed: !isTransposed };
}

/** c = alpha a b + beta c. */
export function multiply(
  { sgemm }: { sgemm: Sgemm },
  a: Matrix,
  b: Matrix,
  c: Matrix,
  { alpha = 1, beta = 0 }: { alpha?: number; beta?: number } = {},
): void {
  sgemm(
    a.isTransposed,
    b.isTransposed,
    c.rows,
    c.columns,
    a.columns,
    alpha,
    a.address,
    a.stride,
    b.address,
    b.stride,
    beta,
    c.address,
    c.stride,
  );
}
