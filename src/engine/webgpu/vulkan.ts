import { EngineUnavailable } from '../contract/backend';

/** The part of koffi that we use; its own types are those of an ES module, which this is not. */
interface Koffi {
  load(path: string): Library;
}
interface Library {
  func(declaration: string): (...args: unknown[]) => number;
}

/**
 * Asks Vulkan, which WebGPU needs on Linux, whether it has a driver. Dawn would print warnings of its own.
 * @throws EngineUnavailable if there is no Vulkan or no driver
 */
export function requireVulkanDriver(): void {
  if (process.platform !== 'linux') return;
  const vulkan = loadVulkan();
  const createInfo = new Uint32Array(16); // VkInstanceCreateInfo, 64 bytes
  createInfo[0] = 1; // sType: VK_STRUCTURE_TYPE_INSTANCE_CREATE_INFO
  const instance = new BigUint64Array(1);
  const result = vulkan.func('int vkCreateInstance(void*, void*, void*)')(createInfo, null, instance);
  if (result !== 0) throw new EngineUnavailable('no driver for Vulkan');
  vulkan.func('void vkDestroyInstance(uint64_t, void*)')(instance[0], null);
}

function loadVulkan(): Library {
  try {
    return (require('koffi') as Koffi).load('libvulkan.so.1');
  } catch {
    throw new EngineUnavailable('no Vulkan (libvulkan.so.1 does not load)');
  }
}
