import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm/dist/backend_wasm';
import { UsageError } from '../../../util/check';

/** Bytes that a WASM heap can have at most. */
const largestHeap = 2 ** 32 - 2 ** 16;

const crashEvents = ['uncaughtException', 'unhandledRejection'] as const;

/**
 * Runs `start` and takes away the crash handlers that Emscripten's runtime installs meanwhile: they would
 * print its whole minified source in front of every error of the program.
 */
export async function withoutCrashHandlers<T>(start: () => Promise<T>): Promise<T> {
  const before = crashEvents.map((event) => process.rawListeners(event));
  try {
    return await start();
  } finally {
    crashEvents.forEach((event, i) => {
      for (const listener of process.rawListeners(event))
        if (!before[i].includes(listener)) process.off(event, listener as () => void);
    });
  }
}

const guarded = new WeakSet<object>();

/**
 * Makes the backend's allocator throw when the heap is full. Its own answer is address 0, and TensorFlow.js
 * would write there.
 */
export function guardAllocations(backend: BackendWasm): void {
  const runtime = backend.wasm as unknown as { _malloc(bytes: number): number };
  if (guarded.has(runtime)) return;
  guarded.add(runtime);
  const allocate = runtime._malloc.bind(runtime);
  runtime._malloc = (bytes: number) => {
    const pointer = bytes > largestHeap ? 0 : allocate(Math.max(bytes, 1));
    if (pointer === 0)
      throw new UsageError(
        `out of memory: the WASM engine's heap (at most 4 GB) has no room for another ${(bytes / 2 ** 20).toFixed(1)} MB; ` +
          'use a smaller batch or bandwidth',
      );
    return pointer;
  };
}
