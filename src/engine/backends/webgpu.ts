import * as tf from '@tensorflow/tfjs';
import { activate, EngineUnavailable, type StartedBackend } from './backend';

/** The parts of the WebGPU API that are needed before TensorFlow.js takes over. */
interface Adapter {
  info?: { vendor?: string; architecture?: string; device?: string; description?: string };
}
interface Gpu {
  requestAdapter(options?: object): Promise<Adapter | null>;
}
interface Dawn {
  create(options: string[]): Gpu;
  globals: object;
}

/** Any graphics card with Vulkan, Metal or Direct3D 12, through Dawn (npm package `webgpu`). @throws EngineUnavailable */
export async function startWebgpu(): Promise<StartedBackend> {
  requireVulkan();
  const { create, globals } = await loadDawn();
  const gpu = create([]);
  const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' });
  if (!adapter) throw new EngineUnavailable('no graphics adapter found');
  installBrowserGlobals(gpu, globals);
  await import('@tensorflow/tfjs-backend-webgpu');
  if (!tf.findBackendFactory('webgpu'))
    throw new EngineUnavailable('@tensorflow/tfjs-backend-webgpu did not register');
  await activate('webgpu');
  return { backend: 'webgpu', gemm: 'WebGPU shaders', threads: 1, device: describe(adapter), reasons: {} };
}

/** Dawn prints a warning of its own where Linux has no Vulkan: better not to ask it. */
function requireVulkan(): void {
  if (process.platform !== 'linux') return;
  const koffi = require('koffi') as { load(library: string): unknown };
  try {
    koffi.load('libvulkan.so.1');
  } catch {
    throw new EngineUnavailable('no Vulkan (libvulkan.so.1 does not load)');
  }
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
function installBrowserGlobals(gpu: Gpu, globals: object): void {
  const scope = globalThis as unknown as { navigator?: object; self?: unknown };
  Object.assign(scope, globals);
  if (!scope.navigator)
    Object.defineProperty(scope, 'navigator', { value: {}, configurable: true, writable: true });
  Object.defineProperty(scope.navigator, 'gpu', { value: gpu, configurable: true });
  scope.self ??= scope;
}

function describe({ info }: Adapter): string {
  const words = [info?.description || info?.device, info?.vendor, info?.architecture].filter(Boolean);
  return words.join(', ') || 'unnamed graphics adapter';
}
