import type * as tf from '@tensorflow/tfjs';
import { type Experiment, experimentId } from '../experiments/experiment';
import type { Network } from '../models/network';
import { checkNetworks, loadNetwork, networksFolder, readNetwork } from '../results/networks';
import { checkResultsFolder, readResults } from '../results/read';
import type { ResultRow } from '../results/rows';
import { trainedModel } from '../running/trained';
import { publishedFolder, type RunFolders } from './folders';

/** Finished experiments whose networks are at hand. */
export interface TrainedNetworks {
  /** folder of their results */
  results: string;
  rows: ResultRow[];
  /**
   * @param change of the network, in what leaves its weights as they are
   * @throws UsageError if the weights are not there
   */
  load(e: Experiment, change: Partial<Network>): tf.LayersModel;
}

/** Those of a run. @throws UsageError if there are none */
export function networksOfRun({ results, runs }: RunFolders): TrainedNetworks {
  checkResultsFolder(results);
  return { results, rows: readResults(results).rows, load: (e, change) => trainedModel(runs, e, change) };
}

/** The published ones. @throws UsageError if there are none */
export function publishedNetworks(): TrainedNetworks {
  const names = new Map(checkNetworks().map((name) => [readNetwork(name).card.result.id, name]));
  return {
    results: publishedFolder,
    rows: readResults(publishedFolder).rows.filter(({ id }) => names.has(id)),
    load: (e, change) => loadNetwork(names.get(experimentId(e))!, networksFolder, change).model,
  };
}
