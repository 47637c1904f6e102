import { rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Removes a folder that processes which are about to end may still write into. (rmSync's own retries do not remove
 * what was added meanwhile.)
 * @throws Error if something is added for ten seconds
 */
export async function removeFolder(folder: string): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      return rmSync(folder, { recursive: true, force: true });
    } catch (error) {
      if (tries === 100) throw error;
      await sleep(100);
    }
  }
}
