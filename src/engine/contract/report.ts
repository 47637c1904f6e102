/** The engines in the order in which `startEngine` tries them. */
export const engineNames = ['node-gpu', 'webgpu', 'node', 'wasm', 'cpu'] as const;
export type EngineName = (typeof engineNames)[number];

export interface EngineReport {
  name: EngineName;
  /** TensorFlow.js's name of the backend. */
  backend: string;
  /** What computes dense products: a BLAS library, WASM SIMD, or the backend's own code. */
  gemm: string;
  /** The kernels that the BLAS has for this processor, by its name for them; null if it does not say. */
  core: string | null;
  /** GFLOP/s of a small dense product on one thread, measured at the start; null where it was not. */
  gflops: number | null;
  threads: number;
  /** Whether one process takes the whole machine, whatever threads it was given: a second one beside it gains nothing. */
  fillsMachine: boolean;
  /** The processor or graphics card, as it names itself. */
  device: string;
  /** Why each engine or provider that would have been preferred is not in use. */
  reasons: Record<string, string>;
}

/** What results keep of it. */
export type EngineRecord = Omit<EngineReport, 'fillsMachine' | 'reasons'>;

/** What the numbers of a training depend on besides its seed: `wasm, libopenblas.so.0 (SkylakeX) on 1 thread`. */
export function engineLabel({ name, gemm, core, threads }: EngineRecord): string {
  return `${name}, ${gemm}${core ? ` (${core})` : ''} on ${threadsText(threads)}`;
}

/** One line: `wasm engine, libopenblas.so.0 (SkylakeX, 104 GFLOP/s a thread) on 2 threads (AMD EPYC)`. */
export function formatReport({ name, gemm, core, gflops, threads, device }: EngineRecord): string {
  const speed = gflops === null ? null : `${gflops} GFLOP/s a thread`;
  const details = [core, speed].filter((detail) => detail !== null).join(', ');
  return `${name} engine, ${gemm}${details && ` (${details})`} on ${threadsText(threads)} (${device})`;
}

/** The line of `formatReport`, then one line for each thing that is not in use and why. */
export function formatReasons(report: EngineReport): string {
  const reasons = Object.entries(report.reasons).map(([name, reason]) => `  not ${name}: ${reason}`);
  return [formatReport(report), ...reasons].join('\n');
}

function threadsText(threads: number): string {
  return threads === 1 ? '1 thread' : `${threads} threads`;
}
