import { readFileSync } from 'node:fs';
import { join } from 'node:path';

interface Stored {
  shape: number[];
  data: number[];
}

/** A golden vector: `{name, meta, arrays: {x: {shape, dtype, data}}}`, made with the paper's released code. */
export interface Golden {
  meta: Record<string, unknown>;
  array(name: string): number[];
  shape(name: string): number[];
}

/** Reads test/golden/<name>.json. */
export function golden(name: string): Golden {
  const path = join(__dirname, 'golden', `${name}.json`);
  const { meta, arrays } = JSON.parse(readFileSync(path, 'utf8')) as {
    meta: Record<string, unknown>;
    arrays: Record<string, Stored>;
  };
  return { meta, array: (key) => arrays[key].data, shape: (key) => arrays[key].shape };
}
