import { createHmac, randomUUID } from 'node:crypto';

/** A message of Jupyter's protocol 5.3 (jupyter-client.readthedocs.io, "Messaging in Jupyter"). */
export interface Message {
  header: { msg_id: string; msg_type: string };
  /** The header of the request that this answers; empty in a request. */
  parent_header: { msg_id?: string };
  content: Record<string, unknown>;
}

const DELIMITER = '<IDS|MSG>';

/** Packs and unpacks messages, signed with a key that only the two sides know. */
export class Wire {
  private readonly session = randomUUID();

  constructor(private readonly key: string) {}

  /** @returns the frames to send and the id by which answers name their request */
  request(type: string, content: object): { id: string; frames: string[] } {
    const id = randomUUID();
    const date = new Date().toISOString();
    const header = { msg_id: id, msg_type: type, session: this.session, username: '', date, version: '5.3' };
    const parts = [header, {}, {}, content].map((part) => JSON.stringify(part));
    return { id, frames: [DELIMITER, this.sign(parts), ...parts] };
  }

  /** @throws Error if the message was not signed with the key. */
  parse(frames: readonly Buffer[]): Message {
    const start = frames.findIndex((frame) => frame.toString() === DELIMITER) + 1;
    const [signature, ...parts] = frames.slice(start, start + 5).map((frame) => frame.toString());
    if (signature !== this.sign(parts)) throw new Error('a message from the kernel has a wrong signature');
    const [header, parent_header, , content] = parts.map((part) => JSON.parse(part));
    return { header, parent_header, content };
  }

  private sign(parts: readonly string[]): string {
    const hmac = createHmac('sha256', this.key);
    for (const part of parts) hmac.update(part);
    return hmac.digest('hex');
  }
}
