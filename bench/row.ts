/*
 * One row in a process of its own, so that its peak of memory is its own: `row.ts LETTER`. The engine follows
 * EQUISPHERE_ENGINE, EQUISPHERE_GEMM and EQUISPHERE_THREADS. Prints a line of JSON.
 */
import * as tf from '@tensorflow/tfjs';
import { startEngine } from '../src/engine/start';
import { cases } from './cases';
import { measure } from './measure';

async function main(): Promise<void> {
  const { name, gemm: provider, core, gflops, threads, device } = await startEngine();
  const found = cases.find(({ letter }) => letter === process.argv[2])!;
  const unit = await productTime();
  const { forward, step } = found.build();
  const timings = { forward: forward && (await measure(forward)), step: step && (await measure(step)) };
  const peak = process.resourceUsage().maxRSS / 1024;
  console.log(
    JSON.stringify({ engine: name, provider, core, gflops, threads, device, unit, peak, ...timings }),
  );
}

/** Milliseconds of one product of matrices [1024, 1024]. */
async function productTime(): Promise<number> {
  const [a, b] = [1, 2].map((seed) => tf.randomNormal([1024, 1024], 0, 1, 'float32', seed));
  const timing = await measure(async () => {
    const product = tf.matMul(a, b);
    const corner = product.slice([0, 0], [1, 1]);
    await corner.data();
    tf.dispose([product, corner]);
  }, 1);
  tf.dispose([a, b]);
  return timing.minimum;
}

main().catch((error: Error) => {
  console.error(error.message);
  process.exit(1);
});
