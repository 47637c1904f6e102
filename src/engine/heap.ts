import * as tf from '@tensorflow/tfjs';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm/dist/backend_wasm';
import { dividedProduct, type Gemm, type GemmProvider } from './gemm';
import { type Kernels, loadKernels } from './kernels/load';
import type { Lane } from './threads/lane';
import { startThread, type Thread } from './threads/thread';

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
export class WasmHeap {
  readonly kernels: Kernels;
  readonly gemm: Gemm;
  private readonly threads: Thread[] = [];
  private readonly lanes: Lane[] = [];
  /** The main lane where it works alone: it divides its large products. */
  private readonly alone: Lane;
  private readonly scratchBlocks = new Map<string, { pointer: number; bytes: number }>();

  private constructor(
    readonly backend: BackendWasm,
    provider: GemmProvider,
    threads: number,
  ) {
    this.kernels = loadKernels(this.memory);
    const { cblas, description } = provider;
    const main = this.addLane({ kernels: this.kernels, cblas }, provider);
    this.gemm = {
      provider: provider.provider,
      description,
      threads,
      sgemm: dividedProduct(threads, (count, body) => this.parallel(count, body), main.sgemm),
    };
    this.alone = { ...main, sgemm: this.gemm.sgemm };
  }

  /** @param makeProvider of the dense product, on the backend's memory */
  static async start(
    backend: BackendWasm,
    makeProvider: (memory: WebAssembly.Memory) => GemmProvider,
    threads: number,
  ): Promise<WasmHeap> {
    const { memory } = (backend.wasm as unknown as Emscripten).asm;
    const provider = makeProvider(memory);
    const heap = new WasmHeap(backend, provider, threads);
    for (let i = 1; i < threads; i++) {
      const thread = await startThread(memory, provider.library);
      heap.threads.push(thread);
      heap.addLane(thread, provider);
    }
    return heap;
  }

  /** Ends the threads; the heap itself stays usable on one. */
  async stop(): Promise<void> {
    this.lanes.length = 1;
    await Promise.all(this.threads.splice(0).map((thread) => thread.stop()));
  }

  /**
   * Runs body(lane, i) for i = 0..count-1, the items dealt out to the lanes in turn, and returns when all have
   * run. A body calls its lane's functions only and must not depend on what other items write. A single item has
   * all lanes to itself: its large products are divided.
   */
  parallel(count: number, body: (lane: Lane, i: number) => void): void {
    const { lanes, threads, alone } = this;
    if (count === 1) return body(alone, 0);
    try {
      for (let first = 1; first < lanes.length; first++)
        for (let i = first; i < count; i += lanes.length) body(lanes[first], i);
      for (let i = 0; i < count; i += lanes.length) body(lanes[0], i);
    } finally {
      for (const thread of threads) thread.finish();
    }
  }

  /** Threads that `parallel` divides its items among. */
  get width(): number {
    return this.lanes.length;
  }

  private addLane(calls: Pick<Thread, 'kernels' | 'cblas'>, provider: GemmProvider): Lane {
    const index = this.lanes.length;
    const panel = this.allocate(this.kernels.panelBytes());
    const lane: Lane = {
      kernels: calls.kernels,
      sgemm: provider.bind(calls, panel),
      scratch: (name, floats) => this.scratch(`${name} ${index}`, floats),
    };
    this.lanes.push(lane);
    return lane;
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

  /** Address of a tensor's values. */
  pointer(tensor: tf.TensorInfo): number {
    return this.backend.dataIdMap.get(tensor.dataId).memoryOffset;
  }

  /** A new tensor with undefined values. @throws Error if the heap (at most 4 GB) is full. */
  output(shape: number[], dtype: tf.DataType = 'float32'): tf.TensorInfo {
    const bytes = 4 * tf.util.sizeFromShape(shape);
    const pointer = this.allocate(bytes);
    return this.backend.makeOutput(shape, dtype, pointer);
  }

  /** Memory that lives until `free`. @throws Error if the heap (at most 4 GB) is full. */
  allocate(bytes: number): number {
    const pointer = this.module._malloc(Math.max(bytes, 16)) >>> 0;
    if (pointer === 0)
      throw new Error(
        `out of memory: the WASM engine's heap (at most 4 GB) has no room for another ${(bytes / 2 ** 20).toFixed(1)} MB; ` +
          'use a smaller batch or bandwidth',
      );
    return pointer;
  }

  free(pointer: number): void {
    this.module._free(pointer);
  }

  /** A buffer that is kept and reused under its name; its content is undefined at each call. */
  scratch(name: string, floats: number): number {
    const held = this.scratchBlocks.get(name);
    if (held && held.bytes >= 4 * floats) return held.pointer;
    if (held) {
      this.scratchBlocks.delete(name);
      this.free(held.pointer);
    }
    const block = { pointer: this.allocate(4 * floats), bytes: 4 * floats };
    this.scratchBlocks.set(name, block);
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

let current: WasmHeap | null = null;

/** Called by the engine when the WASM backend has started; ends the threads of the heap before. */
export function setWasmHeap(heap: WasmHeap): void {
  void current?.stop();
  current = heap;
}

/** The heap of the running WASM engine. @throws Error if another engine runs. */
export function wasmHeap(): WasmHeap {
  if (!current) throw new Error('the WASM engine is not running: call startEngine() first');
  return current;
}
