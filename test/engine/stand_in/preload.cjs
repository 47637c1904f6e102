// Puts stand-ins in the place of the native TensorFlow.js packages, as STAND_INS says: JSON from package name to
// 'gpu', 'no gpu' (a backend that computes by the cpu backend), or 'broken'.
const Module = require('node:module');

const standIns = JSON.parse(process.env.STAND_INS);
const load = Module._load;

Module._load = function (name, ...rest) {
  const kind = standIns[name];
  if (!kind) return load.call(this, name, ...rest);
  if (kind === 'broken') throw new Error('libtensorflow.so.2: cannot open shared object file\nmore lines');
  if (!require('node:util').isNullOrUndefined) throw new Error('util.isNullOrUndefined is not a function');
  const tf = load.call(this, '@tensorflow/tfjs', module, false);
  tf.registerBackend('tensorflow', () => {
    const backend = tf.findBackend('cpu');
    return Object.assign(Object.create(backend), { isUsingGpuDevice: kind === 'gpu' });
  });
  tf.copyRegisteredKernels('cpu', 'tensorflow');
  return tf;
};
