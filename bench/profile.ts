import { type Profiler, Session } from 'node:inspector/promises';
import type { WasmHeap } from '../src/engine/heap';

/** Where the time of an action goes; the names are those of the steps in src/transforms and src/layers. */
export const phases = [
  'Fourier',
  'Wigner',
  'product',
  'kernel',
  'convolution',
  'layout',
  'elementwise',
] as const;
export type Phase = (typeof phases)[number];

/** Functions whose calls of the dense product belong to a phase; the innermost on the stack decides. */
const products: Record<string, Phase> = {
  groupAnalysis: 'Fourier',
  groupSynthesis: 'Fourier',
  sphereAnalysis: 'Fourier',
  sphereSynthesis: 'Fourier',
  wignerProducts: 'Wigner',
  forEachOrder: 'Wigner',
  forEachDegree: 'product',
  multiply: 'product',
  ringKernelSpectrum: 'kernel',
  ringKernelGradient: 'kernel',
  tableKernelSpectrum: 'kernel',
  tableKernelGradient: 'kernel',
  conv2d: 'convolution',
};

export interface Profile {
  /** Milliseconds of one action by phase. */
  milliseconds: Record<Phase, number>;
  total: number;
  /** Floating-point operations of the dense products of one action. */
  flops: number;
}

/**
 * Runs an action some times under V8's sampling profiler and sorts the samples by phase. Dense products are
 * told apart by their callers, our other kernels are 'layout' inside a transform or a convolution, all the
 * rest is 'elementwise'.
 */
export async function profile(heap: WasmHeap, action: () => Promise<void>, times = 10): Promise<Profile> {
  const flops = await countFlops(heap, action);
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.setSamplingInterval', { interval: 200 });
  await session.post('Profiler.start');
  const start = performance.now();
  for (let i = 0; i < times; i++) await action();
  const total = (performance.now() - start) / times;
  const { profile: samples } = await session.post('Profiler.stop');
  session.disconnect();
  const milliseconds = Object.fromEntries(phases.map((phase) => [phase, 0])) as Record<Phase, number>;
  for (const [phase, time] of sampled(samples)) milliseconds[phase] += time / 1000 / times;
  return { milliseconds, total, flops };
}

/** Counts 2 m n k over all dense products. */
async function countFlops({ gemm }: WasmHeap, action: () => Promise<void>): Promise<number> {
  const original = gemm.sgemm;
  let flops = 0;
  gemm.sgemm = (...args) => {
    flops += 2 * args[2] * args[3] * args[4];
    original.apply(gemm, args);
  };
  try {
    await action();
  } finally {
    gemm.sgemm = original;
  }
  return flops;
}

/** Each sample's phase and microseconds. */
function sampled({ nodes, samples = [], timeDeltas = [] }: Profiler.Profile): [Phase, number][] {
  const parents = new Map<number, number>();
  for (const node of nodes) for (const child of node.children ?? []) parents.set(child, node.id);
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const stacks = new Map<number, Phase>();
  const phaseOf = (id: number): Phase => {
    let phase = stacks.get(id);
    if (!phase) {
      const frames: string[] = [];
      for (let at: number | undefined = id; at !== undefined; at = parents.get(at)) {
        const { functionName, url } = byId.get(at)!.callFrame;
        frames.push(functionName || url.split('/').pop()!);
      }
      phase = phaseOfStack(frames);
      stacks.set(id, phase);
    }
    return phase;
  };
  return samples.map((id, i) => [phaseOf(id), timeDeltas[i]]);
}

/** @param frames function names, the innermost first */
function phaseOfStack(frames: string[]): Phase {
  const caller = frames.find((name) => name in products);
  if (frames.includes('sgemm')) return caller ? products[caller] : 'convolution';
  if (frames[0].startsWith('wasm-function') && caller)
    return products[caller] === 'kernel' ? 'kernel' : 'layout';
  return caller ? (products[caller] === 'kernel' ? 'kernel' : 'layout') : 'elementwise';
}
