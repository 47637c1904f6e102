import * as tf from '@tensorflow/tfjs';
import '@tensorflow/tfjs-backend-wasm';

async function main() {
  await tf.setBackend('wasm');
  const { startEngine } = require('../../../src/engine/start') as typeof import('../../../src/engine/start');
  await startEngine({ engine: 'wasm' }).catch((error: Error) => console.log(error.message));
}

void main();
