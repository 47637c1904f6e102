import { EngineUnavailable } from '../contract/backend';

/** The parts of the WebGPU API that are needed before TensorFlow.js takes over. */
export interface Gpu {
  requestAdapter(options?: object): Promise<Adapter | null>;
}
export interface Adapter {
  info: {
    vendor: string;
    architecture: string;
    device: string;
    description: string;
    /** computes on the processor */
    isFallbackAdapter: boolean;
  };
}

/** The npm package `webgpu`. */
interface Dawn {
  create(options: string[]): Gpu;
  globals: object;
}

let started: Promise<{ gpu: Gpu; globals: object }> | null = null;

/**
 * WebGPU for Node, and the classes that a browser would have. One instance for the process: Dawn crashes if it is
 * collected while TensorFlow.js holds a device of it.
 * @throws EngineUnavailable if the package does not load
 */
export function startDawn(): Promise<{ gpu: Gpu; globals: object }> {
  started ??= loadDawn().then(({ create, globals }) => ({ gpu: create([]), globals }));
  return started;
}

async function loadDawn(): Promise<Dawn> {
  const name: string = 'webgpu';
  try {
    return (await import(name)) as Dawn;
  } catch (error) {
    throw new EngineUnavailable(`package webgpu does not load: ${(error as Error).message.split('\n')[0]}`);
  }
}

/** What TensorFlow.js's WebGPU backend expects of a browser: `navigator.gpu`, `self`, the GPU classes. */
export function installBrowserGlobals(gpu: Gpu, globals: object): void {
  const scope = globalThis as unknown as { navigator?: object; self?: unknown };
  Object.assign(scope, globals);
  if (!scope.navigator)
    Object.defineProperty(scope, 'navigator', { value: {}, configurable: true, writable: true });
  Object.defineProperty(scope.navigator, 'gpu', { value: gpu, configurable: true });
  scope.self ??= scope;
}
