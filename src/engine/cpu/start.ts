import { activate, type StartedBackend } from '../contract/backend';
import { processorName } from '../contract/processor';
import { registerResizeGradient } from './resize_gradient';

/** TensorFlow.js in plain JavaScript: far too slow to train, but always there. */
export async function startCpu(): Promise<StartedBackend> {
  await activate('cpu');
  registerResizeGradient();
  return {
    backend: 'cpu',
    gemm: 'plain JavaScript',
    threads: 1,
    fillsMachine: false,
    device: processorName(),
    reasons: {},
  };
}
