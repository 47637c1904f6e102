import { afterEach } from 'node:test';
import type { DisplayContent } from '../../../src/notebook/inside/publisher';

const hook = Symbol.for('equisphere.publish');
const kernel = globalThis as unknown as Record<symbol, unknown>;
afterEach(() => delete kernel[hook]);

/** Stands in for the kernel until the test ends. @returns the messages, as they come */
export function listen(): { type: string; content: DisplayContent }[] {
  const messages: { type: string; content: DisplayContent }[] = [];
  kernel[hook] = (type: string, content: DisplayContent) => messages.push({ type, content });
  return messages;
}
