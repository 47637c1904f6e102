import { type Profiler, Session } from 'node:inspector/promises';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { writeFileAtomic } from '../src/util/files';
import { cases } from './cases';
import { startCounting } from './counted_heap';
import { measure } from './measure';

/** Where the time of a step goes; the names are those of the steps in src/transforms and src/layers. */
const phases = ['Fourier', 'Wigner', 'product', 'kernel', 'convolution', 'layout', 'elementwise'] as const;
type Phase = (typeof phases)[number];

/** Functions that a phase's work is called from; the innermost on the stack decides. */
export const callers: Record<string, Phase> = {
  analyse: 'Fourier',
  synthesise: 'Fourier',
  forEachPair: 'Wigner',
  forEachOrder: 'Wigner',
  forEachDegree: 'product',
  toSpectrum: 'kernel',
  toKernel: 'kernel',
  forEachChunk: 'convolution',
  sumByImages: 'convolution',
  addImages: 'convolution',
};

/** Files that dense products go through. */
const products = new Set(['blas.ts', 'gemm.ts', 'matrix.ts']);

const rows = ['A', 'B', 'D', 'E', 'E2', 'F2'];

/**
 * Runs steps under V8's sampling profiler, on one thread, and sorts the samples: dense products and kernel
 * spectra by their callers, our other kernels inside a transform or a convolution are 'layout', all else is
 * 'elementwise'. Writes phases.csv.
 */
export async function writePhases(folder: string): Promise<void> {
  const { flops } = await startCounting();
  const peak = await productRate();
  const header = ['row', 'step_ms', ...phases.map((phase) => `${phase.toLowerCase()}_ms`)];
  const lines = [[...header, 'gflop', 'of_product_rate'].join(',')];
  for (const letter of rows) {
    const found = cases.find((one) => one.letter === letter)!;
    const step = found.build().step!;
    await step();
    const before = flops();
    await step();
    const work = flops() - before;
    const { total, milliseconds } = await sample(step);
    const share = work / total / 1e6 / peak;
    const shares = phases.map((phase) => `${phase} ${milliseconds[phase].toFixed(1)}`).join(', ');
    console.log(
      `${letter} ${found.name}: ${total.toFixed(1)} ms (${shares}); ` +
        `${(work / 1e9).toFixed(2)} GFLOP, ${(100 * share).toFixed(0)} % of a large product's rate`,
    );
    const cells = [total, ...phases.map((phase) => milliseconds[phase]), work / 1e9].map((x) => x.toFixed(2));
    lines.push([letter, ...cells, share.toFixed(2)].join(','));
  }
  writeFileAtomic(join(folder, 'phases.csv'), `${lines.join('\n')}\n`);
}

/** GFLOP/s of a 1024^3 product. */
async function productRate(): Promise<number> {
  const a = tf.randomNormal([1024, 1024], 0, 1, 'float32', 1);
  const { minimum } = await measure(() => tf.matMul(a, a).dispose(), 1);
  return (2 * 1024 ** 3) / minimum / 1e6;
}

/** Milliseconds of one action, and how they divide. */
async function sample(action: () => Promise<void>) {
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.setSamplingInterval', { interval: 200 });
  await session.post('Profiler.start');
  const start = performance.now();
  let times = 0;
  while (times < 3 || performance.now() - start < 2000) {
    await action();
    times++;
  }
  const total = (performance.now() - start) / times;
  const { profile } = await session.post('Profiler.stop');
  session.disconnect();
  const milliseconds = Object.fromEntries(phases.map((phase) => [phase, 0])) as Record<Phase, number>;
  for (const [phase, time] of phasesOf(profile)) milliseconds[phase] += time / 1000 / times;
  return { total, milliseconds };
}

/** Each sample's phase and microseconds. */
function phasesOf({ nodes, samples = [], timeDeltas = [] }: Profiler.Profile): [Phase, number][] {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const parents = new Map(nodes.flatMap((node) => (node.children ?? []).map((child) => [child, node.id])));
  const stack = (id: number | undefined): string[] => {
    if (id === undefined) return [];
    const { functionName, url } = byId.get(id)!.callFrame;
    const isProduct = url.includes('/engine/wasm/products/'); // by whatever name: its caller decides
    return [(!isProduct && functionName) || url.split('/').pop()!, ...stack(parents.get(id))];
  };
  const phase = new Map(nodes.map(({ id }) => [id, phaseOf(stack(id))]));
  return samples.map((id, i) => [phase.get(id)!, timeDeltas[i]]);
}

/** @param stack names of functions, or the file of one without a name; the innermost first */
function phaseOf(stack: string[]): Phase {
  const caller = stack.find((name) => name in callers);
  if (!caller) return 'elementwise';
  const isProduct = stack.some((name) => products.has(name)) || callers[caller] === 'kernel';
  return isProduct ? callers[caller] : 'layout';
}
