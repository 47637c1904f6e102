import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Dealer, Subscriber } from 'zeromq';
import { namingFile } from '../util/files';
import { type Message, Wire } from './wire';

const HOST = '127.0.0.1';
const CHANNELS = ['shell', 'iopub', 'stdin', 'control', 'hb'] as const;

/** The channels to one kernel, and the file that tells the kernel where they are. */
export class Connection {
  private readonly folder = mkdtempSync(join(tmpdir(), 'equisphere-'));
  private readonly sockets = { shell: new Dealer(), control: new Dealer(), iopub: new Subscriber() };
  private received = 0;
  /** Settles when the kernel hangs up, or this side. */
  private hungUp = Promise.resolve();
  /** The connection file. */
  readonly file = join(this.folder, 'kernel.json');

  private constructor(
    ports: readonly number[],
    key: string,
    private readonly wire: Wire,
  ) {
    const named = CHANNELS.map((channel, i) => [`${channel}_port`, ports[i]]);
    const rest = { ip: HOST, key, transport: 'tcp', signature_scheme: 'hmac-sha256', kernel_name: 'tslab' };
    const description = JSON.stringify({ ...Object.fromEntries(named), ...rest });
    namingFile(this.file, () => writeFileSync(this.file, description, { mode: 0o600 }));
    for (const [channel, socket] of Object.entries(this.sockets)) {
      socket.linger = 0;
      socket.receiveHighWaterMark = 0; // else a subscriber drops messages
      socket.connect(`tcp://${HOST}:${ports[CHANNELS.indexOf(channel as 'shell')]}`);
    }
    const { iopub } = this.sockets;
    iopub.subscribe();
    iopub.events.on('connect', () => {
      this.hungUp = new Promise((resolve) => {
        iopub.events.on('disconnect', () => resolve());
        iopub.events.on('end', () => resolve());
      });
    });
  }

  static async open(): Promise<Connection> {
    const key = randomUUID();
    return new Connection(await freePorts(CHANNELS.length), key, new Wire(key));
  }

  /** @returns the id by which answers name the request, and when it is on its way */
  request(channel: 'shell' | 'control', type: string, content: object): { id: string; sent: Promise<void> } {
    const { id, frames } = this.wire.request(type, content);
    return { id, sent: this.sockets[channel].send(frames) };
  }

  /** Messages as they come, until the connection is closed. */
  async *receive(channel: 'shell' | 'control' | 'iopub'): AsyncGenerator<Message> {
    for await (const frames of this.sockets[channel]) {
      this.received++;
      yield this.wire.parse(frames);
    }
  }

  /** Waits until the kernel, whose process has ended, has hung up and what it had published is received. */
  async drained(): Promise<void> {
    await this.hungUp;
    for (let before = -1; before < this.received; ) {
      before = this.received;
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  close(): void {
    for (const socket of Object.values(this.sockets)) socket.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Ports that were free a moment ago, all different. */
async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(
    Array.from({ length: count }, () => {
      const server = createServer();
      return new Promise<typeof server>((resolve, reject) => {
        server.once('error', reject).listen(0, HOST, () => resolve(server));
      });
    }),
  );
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}
