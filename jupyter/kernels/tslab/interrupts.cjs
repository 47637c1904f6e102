const { AsyncLocalStorage } = require('node:async_hooks');
const { once } = require('node:events');
const { join } = require('node:path');
const { Worker } = require('node:worker_threads');

/** How long a cell may take to stop by itself, so that a training can end its batch and keep its checkpoint. */
const PATIENCE_MS = 800;
const LEFT = 'interrupted; what the cell waits for has not stopped and may go on';

/**
 * Gives every cell an AbortSignal (src/util/cell_signal.ts) that follows what the cell has started. An interrupt fires
 * those of all cells so far: promises that nobody awaited stop too.
 */
exports.Interrupts = class Interrupts {
  signals = new AsyncLocalStorage();
  fresh = new Set();

  /** @param leave ends the wait for a cell that does not stop */
  constructor(leave) {
    this.leave = leave;
    globalThis[Symbol.for('equisphere.signal')] = this.signals;
  }

  /** From now on SIGINT is an interrupt. */
  async listen() {
    const thread = new Worker(join(__dirname, 'sigint_thread.cjs'));
    await once(thread, 'message');
    thread.on('message', () => this.fire());
    thread.unref();
  }

  /**
   * Runs a cell.
   * @param work gives the promise of its end
   * @throws what the cell throws; an error named Interrupted, if it is interrupted and does not stop by itself
   */
  async run(work) {
    const cell = new AbortController();
    this.fresh.add(cell);
    this.running = true;
    this.isLeft = false;
    try {
      await this.signals.run(cell.signal, work);
    } catch (error) {
      if (this.isLeft) throw interrupted(LEFT);
      if (error?.code !== 'ERR_SCRIPT_EXECUTION_INTERRUPTED') throw error;
      this.fire();
      throw interrupted();
    } finally {
      this.running = false;
      clearTimeout(this.timer);
    }
  }

  fire() {
    for (const cell of this.fresh) cell.abort(interrupted());
    this.fresh.clear();
    clearTimeout(this.timer);
    if (this.running)
      this.timer = setTimeout(() => {
        this.isLeft = true;
        this.leave();
      }, PATIENCE_MS);
  }
};

function interrupted(message = 'interrupted') {
  const error = new Error(message);
  error.name = 'Interrupted';
  return error;
}
