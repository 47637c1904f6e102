import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { openSync, readFileSync } from 'node:fs';
import { type AddressInfo, connect, createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** Programs in the background that write into files of a folder, and end together, with this process at the latest. */
export class Daemons {
  private readonly children: ChildProcess[] = [];

  constructor(
    private readonly folder: string,
    private readonly env: NodeJS.ProcessEnv,
  ) {
    // They would outlive us.
    process.once('exit', () => this.kill());
    process.once('SIGINT', () => process.exit(130));
    process.once('SIGTERM', () => process.exit(143));
  }

  /**
   * Starts a program and waits until it is of use.
   * @throws Error with what it said if it ends before, or takes a minute
   */
  async start(
    program: string,
    args: readonly string[],
    isReady: () => boolean | Promise<boolean>,
  ): Promise<void> {
    const path = join(this.folder, `${program}.out`);
    const output = openSync(path, 'a');
    const child = spawn(program, args, {
      stdio: ['ignore', output, output],
      env: this.env,
      detached: true, // Ctrl-C is for us, who end them
    });
    this.children.push(child);
    let problem: string | undefined;
    child.on('error', (error) => {
      problem = error.message;
    });
    child.on('exit', (code) => {
      problem ??= `ended with ${code}`;
    });
    for (let tries = 0; !(await isReady()); tries++) {
      if (tries > 600) problem ??= 'takes too long to start';
      if (problem) throw new Error(`${program} ${problem}:\n${readFileSync(path, 'utf8').slice(-3000)}`);
      await sleep(100);
    }
  }

  /** The last that was started ends first. */
  async stop(): Promise<void> {
    for (const child of this.alive()) {
      const ended = once(child, 'exit');
      child.kill();
      await ended;
    }
  }

  private kill(): void {
    for (const child of this.alive()) child.kill();
  }

  /** The last that was started comes first. */
  private alive(): ChildProcess[] {
    return [...this.children]
      .reverse()
      .filter(
        ({ exitCode, signalCode, pid }) => exitCode === null && signalCode === null && pid !== undefined,
      );
  }
}

/** A port of this machine that nothing listens on. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** Whether something on this machine listens on a port. */
export async function listens(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
