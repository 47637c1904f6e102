import * as tf from '@tensorflow/tfjs';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm/dist/backend_wasm';
import { type Kernels, kernelsOn } from '../kernels/kernels';
import type { Gemm, GemmProvider } from '../products/gemm';
import { Crew } from '../threads/crew';
import type { Lane } from '../threads/lane';
import type { Thread } from '../threads/thread';
import type { KernelHeap } from './kernel_heap';

/** The parts of Emscripten's module that we use and its types leave out. */
interface Emscripten {
  asm: { memory: WebAssembly.Memory };
  HEAPF32: Float32Array;
  HEAPU8: Uint8Array;
  HEAP32: Int32Array;
  _malloc(bytes: number): number;
  _free(pointer: number): void;
}

/**
 * The heap of TensorFlow.js's WASM backend, seen from our own kernels: where a tensor lies, scratch memory,
 * the dense product and the SIMD kernels that work on it.
 *
 * Addresses are bytes from the start of the heap. Views go stale whenever the heap grows: take `floats`
 * after the last allocation and do not keep it.
 */
export class WasmHeap implements KernelHeap {
  readonly kernels: Kernels;
  /** By name, in each space. */
  private readonly scratchBlocks: Map<string, { pointer: number; bytes: number }>[] = [];
  /** Scratch blocks that larger ones have replaced: calls that another thread has yet to run may use them. */
  private readonly outgrown: number[] = [];
  private crew!: Crew;
  private product!: Gemm;

  /** @param kernels as compiled for a memory of its kind */
  constructor(
    readonly backend: BackendWasm,
    kernels: WebAssembly.Module,
  ) {
    this.kernels = kernelsOn(this.memory, kernels);
  }

  /**
   * Computes with this provider of the dense product, on this thread and on others, from now on, and is the heap of the
   * running engine. Tables and scratch memory stay; the threads before end.
   */
  async employ(provider: GemmProvider, others: readonly Thread[] = []): Promise<void> {
    const before: Crew | undefined = this.crew;
    this.crew = new Crew(this, provider, others);
    const { provider: kind, description } = provider;
    this.product = { provider: kind, description, threads: this.crew.size, sgemm: this.crew.alone.sgemm };
    current = this;
    await before?.stop();
  }

  /** The dense product; large ones are divided among the threads. */
  get gemm(): Gemm {
    return this.product;
  }

  /** Threads that `parallel` divides its items among. */
  get width(): number {
    return this.crew.size;
  }

  /** Runs body(lane, i) for i = 0..count-1 on all threads: see Crew.parallel. */
  parallel(count: number, body: (lane: Lane, i: number) => void): void {
    this.crew.parallel(count, body);
    for (const pointer of this.outgrown.splice(0)) this.free(pointer);
  }

  /** This thread's lane alone. */
  get mainLane(): Lane {
    return this.crew.main;
  }

  get memory(): WebAssembly.Memory {
    return this.module.asm.memory;
  }

  get floats(): Float32Array {
    return this.module.HEAPF32;
  }

  get integers(): Int32Array {
    return this.module.HEAP32;
  }

  get bytes(): Uint8Array {
    return this.module.HEAPU8;
  }

  /**
   * Address of a tensor's values.
   * @throws Error if they are of another type than a kernel reads there
   */
  pointer(tensor: tf.TensorInfo, dtype: tf.DataType = 'float32'): number {
    if (tensor.dtype !== dtype)
      throw new Error(`the WASM engine: expected a tensor of ${dtype}, got ${tensor.dtype}: cast it`);
    return this.backend.dataIdMap.get(tensor.dataId).memoryOffset;
  }

  /** A new tensor with undefined values. @throws Error if the heap (at most 4 GB) is full. */
  output(shape: number[], dtype: tf.DataType = 'float32'): tf.TensorInfo {
    const bytes = 4 * tf.util.sizeFromShape(shape);
    const pointer = this.allocate(bytes);
    return this.backend.makeOutput(shape, dtype, pointer);
  }

  /** Memory that lives until `free`. @throws Error if the heap (at most 4 GB) is full: see guardAllocations. */
  allocate(bytes: number): number {
    return this.module._malloc(Math.max(bytes, 16)) >>> 0;
  }

  free(pointer: number): void {
    this.module._free(pointer);
  }

  /**
   * A buffer that is kept and reused under its name; its content is undefined at each call.
   * @param space 0 is the heap's own; lanes have one each, for names put together cost more than all else here
   */
  scratch(name: string, floats: number, space = 0): number {
    this.scratchBlocks[space] ??= new Map();
    const blocks = this.scratchBlocks[space];
    const held = blocks.get(name);
    if (held && held.bytes >= 4 * floats) return held.pointer;
    if (held) {
      blocks.delete(name);
      this.outgrown.push(held.pointer);
    }
    const block = { pointer: this.allocate(4 * floats), bytes: 4 * floats };
    blocks.set(name, block);
    return block.pointer;
  }

  /** Copies values to memory that is never freed: constant tables. */
  constant(values: Float32Array | Int32Array): number {
    const pointer = this.allocate(values.byteLength);
    if (values instanceof Float32Array) this.floats.set(values, pointer >>> 2);
    else this.integers.set(values, pointer >>> 2);
    return pointer;
  }

  private get module(): Emscripten {
    return this.backend.wasm as unknown as Emscripten;
  }
}

const heaps = new WeakMap<BackendWasm, WasmHeap>();

/** The heap of a started WASM backend: one backend has one, however often the engine is started. */
export function heapOf(backend: BackendWasm, kernels: WebAssembly.Module): WasmHeap {
  const heap = heaps.get(backend) ?? new WasmHeap(backend, kernels);
  heaps.set(backend, heap);
  return heap;
}

let current: WasmHeap | null = null;

/** The heap of the running WASM engine. @throws Error if another engine runs. */
export function wasmHeap(): WasmHeap {
  if (!current) throw new Error('the WASM engine is not running: call startEngine() first');
  return current;
}
