import type { Task } from '../datasets/task';
import type { Network } from '../models/network';

/** All that the page holds, as JSON in its own file. */
export interface Payload {
  /** of all networks; spheres have 2b x 2b points */
  bandwidth: number;
  networks: PageNetwork[];
  images: PageImages;
  /** what is not there yet, a sentence a task */
  missing: Partial<Record<Task, string>>;
  wasm: WasmBinaries;
}

/** What computes, base64. */
export interface WasmBinaries {
  /** TensorFlow.js's WASM backend with SIMD */
  tensorflow: string;
  /** our kernels, for a memory of one thread: the first that the browser can run is the fastest */
  kernels: string[];
}

/** How a network learned. */
export type Training = 'unrotated' | 'rotated';

export interface PageNetwork {
  /** as in data/networks */
  name: string;
  task: Task;
  training: Training;
  /** training images */
  images: number;
  /** on the rotated test set, in percent */
  scoreRotated: number;
  converged: boolean;
  network: Network;
  seed: number;
  /** of each array of weights */
  lengths: number[];
  /** the arrays one after the other, float16, little-endian, base64 */
  weights: string;
}

export interface PageImages {
  /** of the data set: "MNIST" */
  title: string;
  /** who made them and under which licence */
  licence: string;
  /** how they were chosen */
  rule: string;
  /** [n], 0..9, in their order */
  labels: number[];
  /** [n, 28, 28] bytes, base64 */
  pixels: string;
}
