import * as tf from '@tensorflow/tfjs';
import type { SphericalDataset } from '../datasets/spherical';
import { currentSignal } from '../util/cell_signal';
import { checkKeys, UsageError } from '../util/check';
import { breathe, Interrupted } from '../util/interrupted';
import { Stopwatch } from '../util/stopwatch';
import { Adam } from './adam';
import type { SphereSource } from './batches';
import { loadCheckpoint, noCheckpoint, saveCheckpoint } from './checkpoint';
import { evaluate, type Metrics } from './evaluate';
import { type LossAndGradients, lossAndGradients } from './gradients';
import { checkInputs } from './inputs';
import { learningRateAt } from './learning_rate';
import { type Plan, planOf, type TrainOptions } from './options';
import { Passes } from './passes';
import { fallAfter, hasConverged, latestFall, noFall, type ScoreAt } from './plateau';
import { recipeOf } from './recipe';
import { freshState, improves, type TrainState, type ValidationRow } from './state';
import { copyWeights, restoreWeights } from './weights';

export interface History {
  validations: ValidationRow[];
  /** done in all, and the training samples that they saw */
  steps: number;
  spheres: number;
  /** the model has the weights of this step */
  bestStep: number;
  /** fewer steps than allowed: patience, or a plateau */
  stoppedEarly: boolean;
  /** whether more steps promise nothing: see plateau.ts. A trapezoid that fell at the end of its budget is not */
  converged: boolean;
  /** training and validation, over all sittings */
  seconds: number;
}

export interface TrainingData {
  train: SphericalDataset | SphereSource;
  validation: SphericalDataset;
}

/**
 * Trains a model with Adam on cross-entropy and leaves it with the weights of its best validation.
 *
 * Same seed, same engine: same numbers, interrupted or not.
 * @param model returns logits
 * @throws Interrupted, which says at which step, when the signal fires, after saving the checkpoint; UsageError for options, data or a model
 *   that do not go together, or if the loss is not finite
 */
export async function train(
  model: tf.LayersModel,
  data: TrainingData,
  options: TrainOptions,
): Promise<History> {
  checkKeys('the data of train', data, { train: true, validation: true });
  const plan = planOf(options, data.train?.count);
  const { signal = currentSignal() } = options;
  checkInputs('train', model, data.train, plan.task, 'or a source');
  checkInputs('train', model, data.validation, plan.task);
  const adam = new Adam(trainableVariables(model));
  try {
    return await new Training(model, data, plan, { ...options, signal }, adam).run();
  } finally {
    adam.dispose();
  }
}

/** One training under way; its state is all that a checkpoint needs to hold besides weights and optimiser. */
class Training {
  private readonly recipe: string;
  private readonly passes: Passes;
  private state: TrainState;
  private sinceSaved = new Stopwatch();

  constructor(
    private readonly model: tf.LayersModel,
    private readonly data: TrainingData,
    private readonly plan: Plan,
    private readonly options: TrainOptions,
    private readonly adam: Adam,
  ) {
    const { checkpoint, belongsTo } = options;
    this.recipe = checkpoint ? recipeOf(plan, belongsTo, model, [data.train, data.validation]) : '';
    this.passes = new Passes(data.train, plan);
    this.state = freshState(plan.schedule === 'trapezoid' ? latestFall(plan.steps) : noFall(plan.steps));
  }

  async run(): Promise<History> {
    await this.takeUp();
    const clock = new Stopwatch();
    const workAtStart = this.workDone();
    try {
      while (!this.finished()) {
        await breathe(this.options.signal);
        const sitting = new Stopwatch();
        const secondsBefore = this.state.seconds;
        const seconds = () => secondsBefore + sitting.elapsedSeconds();
        if (this.validationIsDue()) await this.validate(seconds);
        else {
          await this.step(seconds);
          this.tell((clock.elapsedSeconds() * this.workLeft()) / (this.workDone() - workAtStart));
          await this.saveNowAndThen();
        }
      }
    } catch (error) {
      if (!(error instanceof Interrupted)) throw error;
      await this.save();
      throw new Interrupted(`at step ${this.state.step}`);
    }
    return this.history();
  }

  /** Goes on from the checkpoint, or writes the first one: a place that cannot be written shows before any work. */
  private async takeUp(): Promise<void> {
    const { checkpoint, log } = this.options;
    if (!checkpoint) return;
    const found = loadCheckpoint(checkpoint, this.recipe, this.model, this.adam);
    if (typeof found === 'object') {
      this.state = found;
      log?.(`going on after step ${found.step} of ${found.fall.end}`);
      return;
    }
    if (found !== noCheckpoint) log?.(`checkpoint not used: ${found}`);
    await this.save();
  }

  private finished(): boolean {
    const { rows, bestStep, fall } = this.state;
    const last = rows[rows.length - 1];
    if (!last) return false;
    const sinceBest = rows.filter((row) => row.step > bestStep).length;
    return last.step === fall.end || sinceBest >= this.plan.patience;
  }

  private validationIsDue(): boolean {
    const { step, rows, fall } = this.state;
    const isNew = step > (rows[rows.length - 1]?.step ?? 0);
    return isNew && (step % this.plan.validateEvery === 0 || step === fall.end);
  }

  /** One batch: gradients, Adam, the sums of the row to come. */
  private async step(seconds: () => number): Promise<void> {
    const { state, plan } = this;
    const { value, grads } = this.gradients();
    try {
      const loss = (await value.data())[0];
      if (!Number.isFinite(loss))
        throw new UsageError(diverged('loss', loss, state.step + 1, plan.learningRate));
      this.adam.apply(grads, learningRateAt(plan, state.step, state.fall));
      const samples = this.passes.spheresAfter(state.step + 1) - this.passes.spheresAfter(state.step);
      state.lossSum += loss * samples;
      state.lossCount += samples;
      state.step++;
      state.seconds = seconds();
    } finally {
      tf.dispose([value, grads]);
    }
  }

  /** The mean loss of the next batch and its gradients, for the caller to dispose of; nothing else is left, error or not. */
  private gradients(): LossAndGradients {
    return tf.tidy(() => {
      const { x, y } = this.passes.batch(this.state.step);
      return lossAndGradients(this.model, x, y, trainableVariables(this.model), this.plan.classWeights);
    });
  }

  /**
   * Writes a row, keeps the best weights, decides when a trapezoid falls, and saves the checkpoint.
   * @throws UsageError if the loss is not finite
   */
  private async validate(seconds: () => number): Promise<void> {
    const { state } = this;
    const { signal, onValidation } = this.options;
    const { task, batchSize, monitor, schedule, steps, learningRate } = this.plan;
    const metrics = await evaluate(this.model, this.data.validation, task, { batchSize, signal });
    if (!Number.isFinite(metrics.loss))
      throw new UsageError(diverged('validation loss', metrics.loss, state.step, learningRate));
    const best = state.rows.find((row) => row.step === state.bestStep);
    const row = this.row(metrics, seconds());
    if (improves(metrics, best, monitor)) {
      state.bestStep = row.step;
      state.bestWeights = await copyWeights(this.model);
    }
    state.rows.push(row);
    if (schedule === 'trapezoid') state.fall = fallAfter(this.scores(), state.fall, steps, task);
    Object.assign(state, { lossSum: 0, lossCount: 0, seconds: 0 });
    // The row before the checkpoint: cut off in between, a row is made twice, and none is lost.
    await onValidation?.(row);
    await this.save();
  }

  private row({ loss, score }: Metrics, seconds: number): ValidationRow {
    const { trainLoss, ...seen } = this.progress();
    return { ...seen, trainLoss, validationLoss: loss, validationScore: score, seconds };
  }

  /** Steps and samples done, and the mean loss since the last validation. */
  private progress() {
    const { step, lossSum, lossCount } = this.state;
    const spheres = this.passes.spheresAfter(step);
    return { step, spheres, epoch: this.passes.passes(spheres), trainLoss: lossSum / lossCount };
  }

  private scores(): ScoreAt[] {
    return this.state.rows.map(({ step, validationScore }) => ({ step, score: validationScore }));
  }

  private tell(secondsLeft: number): void {
    const { trainLoss: loss, ...seen } = this.progress();
    this.options.onProgress?.({ ...seen, steps: this.state.fall.end, loss, secondsLeft });
  }

  private async saveNowAndThen(): Promise<void> {
    const { checkpointSeconds = 120 } = this.options;
    if (this.sinceSaved.elapsedSeconds() >= checkpointSeconds) await this.save();
  }

  private async save(): Promise<void> {
    const { checkpoint } = this.options;
    if (checkpoint) await saveCheckpoint(checkpoint, this.recipe, this.model, this.adam, this.state);
    this.sinceSaved = new Stopwatch();
  }

  private history(): History {
    const { rows, step, bestStep, bestWeights, fall } = this.state;
    const { schedule, steps, task } = this.plan;
    restoreWeights(this.model, bestWeights);
    return {
      validations: rows,
      steps: step,
      spheres: this.passes.spheresAfter(step),
      bestStep,
      stoppedEarly: step < steps,
      converged: schedule === 'trapezoid' ? fall.atPlateau : hasConverged(this.scores(), bestStep, task),
      seconds: rows.reduce((sum, row) => sum + row.seconds, 0),
    };
  }

  /** In samples forward; a step is about three times a forward pass. */
  private workDone(): number {
    return (
      3 * this.passes.spheresAfter(this.state.step) + this.state.rows.length * this.data.validation.count
    );
  }

  private workLeft(): number {
    const { step, rows } = this.state;
    const { end } = this.state.fall;
    const validations = Math.ceil(end / this.plan.validateEvery) - rows.length;
    const samples = this.passes.spheresAfter(end) - this.passes.spheresAfter(step);
    return 3 * samples + validations * this.data.validation.count;
  }
}

function trainableVariables(model: tf.LayersModel): tf.Variable[] {
  return model.trainableWeights.map((weight) => weight.read() as tf.Variable);
}

function diverged(what: string, loss: number, step: number, learningRate: number): string {
  return (
    `train: the ${what} became ${loss} at step ${step} (learning rate ${learningRate}): ` +
    'a smaller learning rate may help'
  );
}
