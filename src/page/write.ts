import { join } from 'node:path';
import type { Digits } from '../datasets/digits';
import { writeFileAtomic } from '../util/files';
import { breathe } from '../util/interrupted';
import { documentOf } from './document';
import { gather } from './gather';
import type { Payload } from './payload';

export interface PageOptions {
  /** whose test images it shows */
  digits: Digits;
  /** folder of trained networks; default data/networks */
  networks?: string;
  /** where it goes */
  folder: string;
  /** fires to stop before the page is written */
  signal?: AbortSignal;
}

/**
 * Writes turn-the-digit.html, the page on which one turns a digit and sees which network still knows it.
 * @returns its path and what it holds
 * @throws UsageError if there are no trained networks; Interrupted if the signal fires
 */
export async function writePage({
  digits,
  networks,
  folder,
  signal,
}: PageOptions): Promise<{ path: string; payload: Payload }> {
  const payload = gather(digits, networks);
  await breathe(signal);
  const text = await documentOf(payload);
  await breathe(signal);
  const path = join(folder, 'turn-the-digit.html');
  writeFileAtomic(path, text);
  return { path, payload };
}
