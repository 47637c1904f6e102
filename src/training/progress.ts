/** Where a training is, for people who wait. */
export interface TrainProgress {
  /** done, of `steps` planned: early stopping or a plateau may make them fewer */
  step: number;
  steps: number;
  /** training samples seen, and in how many passes over the set */
  spheres: number;
  epoch: number;
  /** mean over the samples since the last validation */
  loss: number;
  /** estimate for the planned steps and their validations */
  secondsLeft: number;
}
