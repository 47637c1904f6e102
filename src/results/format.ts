import type { Experiment } from '../experiments/experiment';
import type { Metrics } from '../training/evaluate';
import type { ValidationRow } from '../training/state';
import type { Provenance } from './provenance';
import type { Samples } from './samples';

/** The lines of a results file, one JSON object each, in the order in which they are written. */
export type Row = ConfigRow | ({ kind: 'epoch' } & ValidationRow) | FinalRow;

/** The first line, and again whenever an interrupted experiment is taken up. */
export interface ConfigRow extends Provenance {
  kind: 'config';
  id: string;
  experiment: Experiment;
  /** the engine's name and where the digits came from */
  engine: string;
  source: string;
  /** ISO 8601 */
  started: string;
}

/** The last line of a finished experiment. */
export interface FinalRow {
  kind: 'final';
  parameters: number;
  /** epochs done, and the one whose weights were tested */
  epochs: number;
  bestEpoch: number;
  /** of training and validation */
  seconds: number;
  /** scores in percent on the test set, rotated (each image by its own rotation) and unrotated */
  rotated: Metrics;
  unrotated: Metrics;
  /** some images of the rotated test set */
  samples: Samples;
}
