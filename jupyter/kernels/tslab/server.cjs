const { setTimeout: sleep } = require('node:timers/promises');
const { format } = require('node:util');
const ts = require('@tslab/typescript-for-tslab');
const { createConverter } = require('tslab/dist/converter');
const { createExecutor } = require('tslab/dist/executor');
const jupyter = require('tslab/dist/jupyter');
const { withUnnamedTypes } = require('./cell_source.cjs');
const failures = require('./failure.cjs');
const { Interrupts } = require('./interrupts.cjs');
const { StreamBuffer, patientSender } = require('./outbox.cjs');

/** Time to read the requests that a front end sent together with the one that failed. */
const ABORT_WINDOW_MS = 50;

/** TensorFlow.js praises its native backend on the first operation of a plain one. */
const BANNER = 'looks like you are running TensorFlow.js in Node.js';

/** tslab's Jupyter server with an execution of its own: nothing is lost, errors are errors, requests are honoured. */
exports.KernelServer = class KernelServer extends jupyter.ZmqServer {
  senders = new Map();
  /** Executions that wait for their turn. */
  jobs = [];
  turn = Promise.resolve();
  count = 0;
  running = false;

  constructor(root, configPath) {
    const node = createConverter({ isJS: false, isBrowser: false });
    node.convert = withUnnamedTypes(ts, node.convert);
    const converters = { node, browser: node, close: () => node.close() };
    const problems = []; // what the executor reports: one thrown value, or format strings with their values
    const last = []; // the value of the last expression
    const executor = createExecutor(root, converters, {
      log: (value) => last.push(value),
      error: (...args) => problems.push(args),
    });
    super(new jupyter.JupyterHandlerImpl(executor, false), configPath);
    const interrupts = new Interrupts(() => executor.interrupt());
    Object.assign(this, { root, executor, problems, last, interrupts });
  }

  async init() {
    await this.interrupts.listen();
    await super.init();
    process.on('exit', () => this.streams?.flush());
    for (const event of ['uncaughtException', 'unhandledRejection'])
      process.on(event, (thrown) => this.fail(failures.ofThrown(thrown, this.root)));
    globalThis[Symbol.for('equisphere.publish')] = (type, content) => this.publish(type, content);
  }

  async bindSocket(socket, port) {
    if (socket === this.iopub) socket.sendHighWaterMark = 0; // else a slow reader loses output
    this.senders.set(socket, patientSender(socket));
    await super.bindSocket(socket, port);
  }

  /** tslab does not know `interrupt_request`, which front ends send where there are no signals. */
  async handleShellMessage(socket, ...frames) {
    const request = this.Message?.fromRaw(this.connInfo.key, frames);
    if (request?.header.msg_type !== 'interrupt_request') return super.handleShellMessage(socket, ...frames);
    this.publishStatus('busy', request);
    this.interrupts.fire();
    this.reply(socket, request, 'interrupt_reply', { status: 'ok' });
    this.publishStatus('idle', request);
  }

  publishStatus(execution_state, request) {
    this.Message = request.constructor; // which tslab does not export
    this.reply(this.iopub, request, 'status', { execution_state });
  }

  /** Executes one request at a time, in order of arrival. */
  async handleExecute(socket, request) {
    const job = { socket, request, aborted: false };
    this.jobs.push(job);
    this.turn = this.turn.then(() => this.perform(job));
    await this.turn;
  }

  async perform(job) {
    const { code, silent = false, store_history = !silent, stop_on_error = true } = job.request.content;
    this.jobs.shift();
    if (job.aborted) return this.reply(job.socket, job.request, 'execute_reply', { status: 'aborted' });
    this.direct(job.request);
    if (store_history) this.count++;
    if (!silent) this.publish('execute_input', { code, execution_count: this.count });
    const failure = await this.execute(code);
    if (failure && stop_on_error) {
      await sleep(ABORT_WINDOW_MS);
      for (const later of this.jobs) later.aborted = true;
    }
    const outcome = failure
      ? { status: 'error', ...failure }
      : { status: 'ok', user_expressions: {}, payload: [] };
    this.reply(job.socket, job.request, 'execute_reply', { ...outcome, execution_count: this.count });
  }

  /** @returns the content of the cell's first `error` message, or undefined if it went well */
  async execute(code) {
    this.failure = undefined;
    this.running = true;
    try {
      await this.interrupts.run(() => this.evaluate(code));
    } catch (thrown) {
      this.fail(failures.ofThrown(thrown, this.root));
    }
    await new Promise(setImmediate); // rejections that nobody handles are reported by now
    this.streams.flush();
    this.running = false;
    return this.failure;
  }

  /** Runs a cell and shows the value of its last expression. @throws what it throws */
  async evaluate(code) {
    this.problems.length = this.last.length = 0;
    const fine = await this.executor.execute(code);
    const lines = this.problems.filter((args) => args.length > 1).map((args) => format(...args));
    if (!fine && lines.length === 0) throw this.problems[0]?.[0];
    if (!fine) return this.fail(failures.ofCompiler(lines));
    for (const line of lines) console.error(line);
    for (const value of this.last) if (!(await displayed(value))) console.log(value);
  }

  /** Shows an error; while a cell runs, the cell fails by it. One interrupt is one line, whatever it stops. */
  fail(failure) {
    if (!this.request) return console.error(failure.traceback.join('\n'));
    if (failure.ename === 'Interrupted' && failure.evalue === this.failure?.evalue) return;
    if (this.running) this.failure ??= failure;
    this.publish('error', failure);
  }

  /** From now on all output belongs to this request. */
  direct(request) {
    this.streams?.flush();
    this.request = request;
    this.streams = new StreamBuffer((name, text) =>
      this.reply(this.iopub, request, 'stream', { name, text }),
    );
    for (const name of ['stdout', 'stderr'])
      process[name].write = (chunk, encoding, done = encoding) => {
        const text = typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString();
        if (!text.includes(BANNER)) this.streams.write(name, text);
        if (typeof done === 'function') process.nextTick(done);
        return true;
      };
    jupyter.lastWriteDisplayData = (data, update) =>
      this.publish(update ? 'update_display_data' : 'display_data', data);
  }

  publish(type, content) {
    this.streams.flush();
    this.reply(this.iopub, this.request, type, content);
  }

  reply(socket, request, type, content) {
    const message = request.createReply();
    message.header.msg_type = type;
    message.content = content;
    message.signAndSend(this.connInfo.key, this.senders.get(socket));
  }

  handleKernelInfo(socket, request) {
    const info = this.handler.handleKernel();
    info.language_info.version = ts.version;
    this.reply(socket, request, 'kernel_info_reply', { status: 'ok', ...info });
  }

  handleCommInfoRequest(socket, request) {
    this.reply(socket, request, 'comm_info_reply', { status: 'ok', comms: {} });
  }

  handleShutdown(socket, request) {
    this.streams?.flush();
    this.reply(socket, request, 'shutdown_reply', {
      status: 'ok',
      restart: request.content.restart === true,
    });
    setTimeout(() => process.exit(0), 100); // timers of cells would keep the process alive
  }
};

/** Shows what the project knows to show (src/notebook/inside/display.ts). @returns whether it did */
async function displayed(value) {
  return globalThis[Symbol.for('equisphere.display')]?.(value);
}
