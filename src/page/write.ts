import { join } from 'node:path';
import type { Digits } from '../datasets/digits';
import { writeFileAtomic } from '../util/files';
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
}

/**
 * Writes turn-the-digit.html, the page on which one turns a digit and sees which network still knows it.
 * @returns its path and what it holds
 * @throws UsageError if there are no trained networks
 */
export async function writePage({
  digits,
  networks,
  folder,
}: PageOptions): Promise<{ path: string; payload: Payload }> {
  const payload = gather(digits, networks);
  const path = join(folder, 'turn-the-digit.html');
  writeFileAtomic(path, await documentOf(payload));
  return { path, payload };
}
