/** The engines in the order in which `startEngine` tries them. */
export const engineNames = ['node-gpu', 'webgpu', 'node', 'wasm', 'cpu'] as const;
export type EngineName = (typeof engineNames)[number];

export interface EngineReport {
  name: EngineName;
  /** TensorFlow.js's name of the backend. */
  backend: string;
  /** What computes dense products: a BLAS library, WASM SIMD, or the backend's own code. */
  gemm: string;
  threads: number;
  /** The processor or graphics card, as it names itself. */
  device: string;
  /** Why each engine or provider that would have been preferred is not in use. */
  reasons: Record<string, string>;
}

/** What the numbers of a training depend on besides its seed: `wasm, libopenblas.so.0 on 1 thread`. */
export function engineLabel({ name, gemm, threads }: EngineReport): string {
  return `${name}, ${gemm} on ${threadsText(threads)}`;
}

/** One line: `wasm engine, libopenblas.so.0 on 2 threads (AMD EPYC)`. */
export function formatReport(report: EngineReport): string {
  return `${report.name} engine, ${report.gemm} on ${threadsText(report.threads)} (${report.device})`;
}

/** The line of `formatReport`, then one line for each thing that is not in use and why. */
export function formatReasons(report: EngineReport): string {
  const reasons = Object.entries(report.reasons).map(([name, reason]) => `  not ${name}: ${reason}`);
  return [formatReport(report), ...reasons].join('\n');
}

function threadsText(threads: number): string {
  return threads === 1 ? '1 thread' : `${threads} threads`;
}
