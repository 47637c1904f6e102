import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { UsageError } from '../util/check';
import { repositoryRoot } from '../util/files';
import { Connection } from './connection';
import type { Message } from './wire';

const LAUNCHER = join(repositoryRoot, 'jupyter', 'kernels', 'tslab', 'kernel.cjs');
const START_MS = 60_000;
const ASK_AGAIN_MS = 200;
/** Longest wait for the last messages of a kernel that has answered already, and for its end. */
const GRACE_MS = 3000;
const KEPT_LOG = 2000; // characters

/** The kernel's process has ended, or does not answer. */
export class KernelDied extends UsageError {
  override name = 'KernelDied';
}

/** A request that is not yet, or was once, answered. */
interface Request {
  publish(message: Message): void;
  reply?: Message;
  idle: boolean;
  /** Called when the reply and all that was published before it are here. */
  done(reply: Message): void;
}

/** A running tslab kernel of this project. */
export class Kernel {
  private readonly requests = new Map<string, Request>();
  private readonly gone: Promise<never>;
  private readonly killAtExit = () => this.kill();
  private log = '';
  private ended = false;
  /** What the kernel says of its language, for the notebook's metadata. */
  languageInfo: Record<string, unknown> = {};

  private constructor(
    private readonly connection: Connection,
    private readonly child: ChildProcess,
  ) {
    this.gone = new Promise((_, reject) => {
      child.once('error', (error) =>
        reject(new KernelDied(`the kernel cannot be started: ${error.message}`)),
      );
      child.once('exit', async (code, signal) => {
        this.ended = true;
        await within(GRACE_MS, connection.drained());
        reject(new KernelDied(`the kernel ended (${signal ?? `exit code ${code}`})\n${this.log}`.trim()));
      });
    });
    this.gone.catch(() => undefined);
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (text) => {
        this.log = (this.log + text).slice(-KEPT_LOG);
      });
    process.once('exit', this.killAtExit);
    for (const channel of ['shell', 'control', 'iopub'] as const)
      this.listen(channel).catch((error) => {
        this.log += error.message;
        this.kill();
      });
  }

  /**
   * Starts a kernel with the repository's root as its working directory.
   * @param signal ends the start
   * @throws KernelDied with what it printed, if it does not come up.
   */
  static async start(environment: Record<string, string> = {}, signal?: AbortSignal): Promise<Kernel> {
    const connection = await Connection.open();
    const child = spawn(process.execPath, [LAUNCHER, connection.file], {
      cwd: repositoryRoot,
      env: { ...process.env, ...environment, JPY_PARENT_PID: String(process.pid) },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true, // a Ctrl-C in the terminal is for us, not for the cell
      windowsHide: true,
    });
    const kernel = new Kernel(connection, child);
    const stop = () => kernel.kill();
    if (signal?.aborted) stop();
    signal?.addEventListener('abort', stop);
    try {
      await kernel.ready();
    } catch (error) {
      kernel.kill();
      throw error;
    } finally {
      signal?.removeEventListener('abort', stop);
    }
    return kernel;
  }

  /**
   * Runs code to its end.
   * @param publish gets every message that the code publishes, those after its end too.
   * @throws KernelDied
   */
  async execute(code: string, stopOnError: boolean, publish: (message: Message) => void): Promise<void> {
    const request = { code, stop_on_error: stopOnError, allow_stdin: false };
    await this.ask('shell', 'execute_request', request, publish);
  }

  /**
   * Asks the running code to stop: code that never awaits may not hear it (docs/notebooks.md).
   * @param by what front ends use where there are signals, and where there are none
   */
  interrupt(by: 'signal' | 'message' = process.platform === 'win32' ? 'message' : 'signal'): void {
    if (by === 'signal') this.child.kill('SIGINT');
    else this.ask('control', 'interrupt_request', {}).catch(() => undefined);
  }

  /** Ends the kernel in good order, so that its last messages arrive. */
  async stop(): Promise<void> {
    await within(GRACE_MS, this.ask('control', 'shutdown_request', { restart: false }));
    await within(GRACE_MS, this.gone);
    this.kill();
  }

  /** Ends the kernel at once. */
  kill(): void {
    process.off('exit', this.killAtExit);
    if (!this.ended) this.child.kill('SIGKILL');
    this.connection.close();
  }

  /** Asks until an answer comes on both channels: only then is no output lost. */
  private async ready(): Promise<void> {
    const start = Date.now();
    while (Date.now() - start < START_MS) {
      const info = await within(ASK_AGAIN_MS, this.ask('shell', 'kernel_info_request', {}));
      this.languageInfo = (info?.content.language_info ?? {}) as Record<string, unknown>;
      if (info) return;
      if (this.ended) await this.gone;
    }
    throw new KernelDied(`the kernel does not answer within ${START_MS / 1000} s\n${this.log}`.trim());
  }

  private ask(
    channel: 'shell' | 'control',
    type: string,
    content: object,
    publish: (message: Message) => void = () => undefined,
  ): Promise<Message> {
    const { id, sent } = this.connection.request(channel, type, content);
    const answered = new Promise<Message>((done) => {
      this.requests.set(id, { publish, done, idle: false });
    });
    return Promise.race([sent.then(() => answered), this.gone]);
  }

  private async listen(channel: 'shell' | 'control' | 'iopub'): Promise<void> {
    for await (const message of this.connection.receive(channel)) {
      const request = this.requests.get(message.parent_header.msg_id ?? '');
      if (!request) continue;
      if (channel !== 'iopub') request.reply = message;
      else if (message.header.msg_type !== 'status') request.publish(message);
      else if (message.content.execution_state === 'idle') request.idle = true;
      if (request.reply && request.idle) request.done(request.reply);
    }
  }
}

/** @returns what the promise gives, or undefined if that takes too long or fails */
async function within<T>(milliseconds: number, promise: Promise<T>): Promise<T | undefined> {
  const clock = new AbortController();
  const late = setTimeout(milliseconds, undefined, { signal: clock.signal });
  try {
    return await Promise.race([promise, late]);
  } catch {
    return undefined;
  } finally {
    clock.abort();
  }
}
