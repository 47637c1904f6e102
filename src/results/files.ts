import { readdirSync, realpathSync, statSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Paths of all results files under a folder, in order. Links to folders are followed, whoever shares a disk may have
 * them; one that leads back to where it lies is not.
 */
export function resultsFiles(folder: string, above: readonly string[] = []): string[] {
  const real = realpathSync(folder);
  if (above.includes(real)) return [];
  return readdirSync(folder)
    .sort()
    .flatMap((name) => {
      const path = join(folder, name);
      const isFolder = statSync(path, { throwIfNoEntry: false })?.isDirectory();
      if (isFolder) return resultsFiles(path, [...above, real]);
      return name.endsWith('.jsonl') ? [path] : [];
    });
}
