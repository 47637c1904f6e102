import * as tf from '@tensorflow/tfjs';
import type { Kernels } from '../kernels/kernels';
import type { Gemm } from '../products/gemm';
import type { Lane } from '../threads/lane';

/**
 * What layers and transforms compute on where the engine has kernels of ours: memory that tensors lie in, by byte
 * addresses, with the dense product and the SIMD kernels that work there. This file loads in a browser; who registers a
 * heap need not.
 */
export interface KernelHeap {
  readonly kernels: Kernels;
  /** The dense product; large ones are divided among the threads. */
  readonly gemm: Gemm;
  /** Threads that `parallel` divides its items among. */
  readonly width: number;
  /** All of the memory. Goes stale when it grows. */
  readonly floats: Float32Array;
  /** Runs body(lane, i) for i = 0..count-1 on all threads. */
  parallel(count: number, body: (lane: Lane, i: number) => void): void;
  /** Address of a tensor's values. */
  pointer(tensor: tf.TensorInfo): number;
  /** A new tensor with undefined values. */
  output(shape: number[]): tf.TensorInfo;
  /** Address of a buffer that is kept and reused under its name. */
  scratch(name: string, floats: number): number;
  /** Copies values to memory that is never freed: constant tables. @returns their address */
  constant(values: Float32Array | Int32Array): number;
}

const heaps = new Map<string, KernelHeap>();

/** Called by an engine that starts with a heap on this backend of TensorFlow.js. */
export function registerHeap(backend: string, heap: KernelHeap): void {
  heaps.set(backend, heap);
}

/** The current backend's heap; undefined where it has TensorFlow.js's own operations alone. */
export function registeredHeap(): KernelHeap | undefined {
  return heaps.get(tf.getBackend());
}
