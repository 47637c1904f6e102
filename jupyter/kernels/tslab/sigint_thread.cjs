/*
 * A thread that tells the main one of every SIGINT. `process.on('SIGINT')` would not do: Node takes its handlers away
 * while it runs the synchronous start of a cell, and a signal just before or after that start ends the process. Here
 * the signal breaks off a script, of the main thread in such a start and else of this one, and one is always running.
 */
const { runInThisContext } = require('node:vm');
const { parentPort } = require('node:worker_threads');

const nothing = new Int32Array(new SharedArrayBuffer(4));

globalThis.sleep = () => Atomics.wait(nothing, 0, 0);
globalThis.watch = () => {
  for (;;) {
    try {
      runInThisContext('sleep()', { breakOnSigint: true });
    } catch {
      parentPort.postMessage('interrupt');
    }
  }
};

parentPort.postMessage('ready');
runInThisContext('watch()', { breakOnSigint: true });
