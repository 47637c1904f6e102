import { checkOneOf } from '../util/check';
import { archives } from './archives';
import { type DatasetName, datasetNames } from './digits';

/** A data set as people call it: "MNIST". @throws UsageError for an unknown name */
export function datasetTitle(name: DatasetName): string {
  checkOneOf('data set', name, datasetNames);
  return name === 'glyphs' ? 'built-in glyphs' : archives[name].title;
}
