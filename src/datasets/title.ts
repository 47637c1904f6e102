import { archives } from './archives';
import type { DatasetName } from './digits';

/** A data set as people call it: "MNIST". */
export function datasetTitle(name: DatasetName): string {
  return name === 'glyphs' ? 'built-in glyphs' : archives[name].title;
}
