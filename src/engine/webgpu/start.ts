import * as tf from '@tensorflow/tfjs';
import { activate, type BackendOptions, EngineUnavailable, type StartedBackend } from '../contract/backend';
import { rejectAfterFaults, type WebgpuBackend } from './backend_faults';
import { type Adapter, installBrowserGlobals, startDawn } from './dawn';
import { registerMaxPoolGradient } from './max_pool_gradient';
import { requireVulkanDriver } from './vulkan';

/**
 * Any graphics card with Vulkan, Metal or Direct3D 12, through Dawn. A driver that computes on the processor
 * (SwiftShader, llvmpipe) is far slower than WASM and only taken if this engine is forced.
 * @throws EngineUnavailable
 */
export async function startWebgpu({ isForced }: BackendOptions): Promise<StartedBackend> {
  requireVulkanDriver();
  const { gpu, globals } = await startDawn();
  const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' });
  if (!adapter) throw new EngineUnavailable('no graphics adapter found');
  const device = describe(adapter);
  if (adapter.info.isFallbackAdapter && !isForced)
    throw new EngineUnavailable(
      `no graphics card, only software (${device}); EQUISPHERE_ENGINE=webgpu takes it`,
    );
  installBrowserGlobals(gpu, globals);
  await import('@tensorflow/tfjs-backend-webgpu');
  if (!tf.findBackendFactory('webgpu'))
    throw new EngineUnavailable('@tensorflow/tfjs-backend-webgpu did not register');
  await activate('webgpu');
  repairOnce(tf.backend() as unknown as WebgpuBackend);
  return { backend: 'webgpu', gemm: 'WebGPU shaders', threads: 1, fillsMachine: true, device, reasons: {} };
}

function describe({ info }: Adapter): string {
  const words = [info.description || info.device, info.vendor, info.architecture].filter(Boolean);
  return words.join(', ') || 'unnamed graphics adapter';
}

let repaired: WebgpuBackend | null = null;

function repairOnce(backend: WebgpuBackend): void {
  if (repaired === backend) return;
  repaired = backend;
  rejectAfterFaults(backend);
  registerMaxPoolGradient();
}
