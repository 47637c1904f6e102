/** The parts of TensorFlow.js's WebGPU backend that matter here. */
export interface WebgpuBackend {
  device: EventTarget;
  read(dataId: object): Promise<ArrayLike<number>>;
}

interface FaultEvent extends Event {
  error: { message: string };
}

/**
 * Makes the reading of a tensor reject if anything went wrong on the device since the last one. Without this a shader
 * that does not compile, or a buffer that finds no room, is a message on the console, and results are 0.
 */
export function rejectAfterFaults(backend: WebgpuBackend): void {
  let fault: string | null = null;
  backend.device.addEventListener('uncapturederror', (event) => {
    event.preventDefault();
    fault ??= (event as FaultEvent).error.message.trim().split('\n')[0];
  });
  const read = backend.read.bind(backend);
  backend.read = async (dataId) => {
    const values = await read(dataId);
    if (fault === null) return values;
    const message = `the WebGPU engine failed: ${fault}`;
    fault = null;
    throw new Error(message);
  };
}
