import * as tf from '@tensorflow/tfjs';

/** A kernel's tensors and attributes, without the backend: ours find it through wasmHeap(). */
export type Kernel = (
  inputs: Record<string, tf.TensorInfo>,
  attributes: tf.NamedAttrMap,
) => tf.TensorInfo | tf.TensorInfo[];

/** A kernel that may hand a case that it does not cover to the one it replaces. */
export type KernelOver = (replaced: Kernel) => Kernel;

/** Registers a kernel for the WASM backend in the place of TensorFlow.js's own, if there is one. */
export function replaceKernel(kernelName: string, make: KernelOver): void {
  const own = tf.getKernel(kernelName, 'wasm');
  const backend = tf.backend();
  const replaced: Kernel = (inputs, attrs) => {
    if (!own) throw new Error(`${kernelName}: case not covered by the WASM engine`);
    return own.kernelFunc({ inputs, attrs, backend });
  };
  const kernel = make(replaced);
  if (own) tf.unregisterKernel(kernelName, 'wasm');
  tf.registerKernel({
    kernelName,
    backendName: 'wasm',
    kernelFunc: ({ inputs, attrs }) =>
      kernel(inputs as Record<string, tf.TensorInfo>, attrs as tf.NamedAttrMap),
  });
}
