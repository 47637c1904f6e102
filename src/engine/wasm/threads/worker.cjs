// A thread of the WASM engine: runs the calls on its tape (tape.ts), on the heap of the main thread.
// Plain JavaScript, because tslab's and tsx's compilers do not reach into worker threads.
const { parentPort, workerData } = require('node:worker_threads');

const SPINS = 100000; // some 250 microseconds: the main thread's pause between two operations

const { tape, words, inSteps, memory, kernels, names, koffi, flush, blas } = workerData;
const { control, cells, message } = tape;
const mask = cells.length - 1;
const instance = new WebAssembly.Instance(kernels, { env: { memory } });
if (flush) setFlushToZero(flush);
const functions = names.map((name) => [instance.exports[name], instance.exports[name].length]);
functions.unshift(blas ? [loadBlas(blas), blas.declaration.split(',').length] : [() => {}, 0]);
const calls = functions.map(([run, count]) => caller(run, count));
const callsInSteps = functions.map(([run, count]) => callerInSteps(run, count));

let done = 0;
parentPort.postMessage('ready');
for (;;) {
  waitForCalls();
  const written = Atomics.load(control, words.written);
  while (done !== written) runNext();
}

function setFlushToZero({ library, words, word, bits }) {
  const calls = require(koffi).load(library);
  const environment = new Uint32Array(words);
  calls.func('int fegetenv(void *)')(environment);
  environment[word] |= bits;
  calls.func('int fesetenv(void *)')(environment);
}

function loadBlas({ library, declaration, setters }) {
  const loaded = require(koffi).load(library);
  for (const setter of setters)
    try {
      loaded.func(`void ${setter}(int)`)(1);
    } catch {}
  return loaded.func(declaration);
}

/** A function of a place on the tape, which calls another with the numbers from there on. Without an array: 400 ns a call. */
function caller(run, count) {
  const args = Array.from({ length: count }, (_, i) => cell(i));
  return new Function('run', 'cells', `return (at) => run(${args})`)(run, cells);
}

/** The same, after so many steps; the step of a number lies `length` cells behind it. */
function callerInSteps(run, count) {
  const args = Array.from({ length: count }, (_, i) => `${cell(i)} + steps * ${cell(`length + ${i}`)}`);
  return new Function('run', 'cells', `return (at, steps, length) => run(${args})`)(run, cells);
}

function cell(i) {
  return `cells[(at + ${i}) & ${mask}]`;
}

function runNext() {
  const count = cells[done & mask];
  try {
    if (!control[words.failed]) run(cells[(done + 1) & mask], done + 2);
  } catch (error) {
    const { written } = new TextEncoder().encodeInto(String(error), message);
    control[words.messageLength] = written;
    control[words.failed] = 1;
  }
  done = (done + 2 + count) | 0;
  Atomics.store(control, words.executed, done);
  // Not after each call: to wake a thread takes longer than most of them.
  if (Atomics.load(control, words.ownerSleeps) && ((done - Atomics.load(control, words.wanted)) | 0) >= 0)
    Atomics.notify(control, words.executed);
}

function run(call, at) {
  if (call !== inSteps) return calls[call](at);
  const [times, length] = [cells[at & mask], cells[(at + 1) & mask]];
  for (let steps = 0; steps < times; steps++)
    for (let place = at + 2; place < at + 2 + length; place += 2 + cells[place & mask])
      callsInSteps[cells[(place + 1) & mask]](place + 2, steps, length);
}

function waitForCalls() {
  for (let spin = 0; spin < SPINS; spin++) if (Atomics.load(control, words.written) !== done) return;
  Atomics.store(control, words.workerSleeps, 1);
  Atomics.wait(control, words.written, done);
  Atomics.store(control, words.workerSleeps, 0);
}
