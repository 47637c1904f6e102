import { EngineUnavailable } from '../contract/backend';
import type { WasmHeap } from './memory/heap';
import { blasProvider } from './products/blas';
import { type GemmProvider, GemmUnavailable } from './products/gemm';
import { simdProvider } from './products/simd';
import { productRate } from './rate';

/** A provider of the dense product, how fast it is here, and on how many threads it may run. */
export interface Candidate {
  provider: GemmProvider;
  /** GFLOP/s of one thread. */
  rate: number;
  threads: number;
}

/**
 * The faster of BLAS and SIMD, or the one that is demanded.
 * @param reasons gets why a BLAS, or a thread, is not in use
 * @throws EngineUnavailable if a BLAS is demanded and there is none
 */
export function chooseProvider(
  heap: WasmHeap,
  { gemm, threads }: { gemm?: 'blas' | 'simd'; threads: number },
  reasons: Record<string, string>,
): Candidate {
  const blas = gemm === 'simd' ? null : findBlas(heap, gemm === 'blas', reasons);
  const found = [...(blas ? [blas] : []), ...(gemm === 'blas' ? [] : [simdProvider(heap.kernels)])];
  const candidates = found.map((provider) => ({
    provider,
    rate: productRate(heap, provider),
    threads: provider.manyCallers ? threads : 1,
  }));
  const best = fastest(candidates);
  if (best.threads < threads)
    reasons[`${threads} threads`] = `${best.provider.description} is not built for several callers at once`;
  else if (blas && best.provider !== blas) reasons.blas = slowerThan(best, candidates[0]);
  return best;
}

/** By what all threads together compute. */
export function fastest(candidates: Candidate[]): Candidate {
  const speed = ({ rate, threads }: Candidate) => rate * threads;
  return candidates.reduce((best, next) => (speed(next) > speed(best) ? next : best));
}

function slowerThan(best: Candidate, { provider, rate, threads }: Candidate): string {
  const name = provider.core ? `${provider.description} (${provider.core})` : provider.description;
  return (
    `${name} computes ${rate.toFixed(0)} GFLOP/s on each of ${threads} threads, ` +
    `${best.provider.description} ${best.rate.toFixed(0)} on ${best.threads}`
  );
}

function findBlas(heap: WasmHeap, isDemanded: boolean, reasons: Record<string, string>): GemmProvider | null {
  try {
    return blasProvider(heap.memory);
  } catch (error) {
    if (!(error instanceof GemmUnavailable)) throw error;
    if (isDemanded) throw new EngineUnavailable(error.message);
    reasons.blas = error.message;
    return null;
  }
}
