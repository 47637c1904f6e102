import * as tf from '@tensorflow/tfjs';
import { check, UsageError } from '../util/check';
import { Random } from '../util/random';
import { Adam } from './adam';
import { batchTensors, type LabelledSpheres, type SphereSource } from './batches';
import { loadCheckpoint, noCheckpoint, saveCheckpoint } from './checkpoint';
import { evaluate } from './evaluate';
import { lossAndGradients } from './gradients';
import { breathe, Interrupted } from './interrupted';
import { learningRateAt } from './learning_rate';
import { recipeOf, type TrainOptions } from './options';
import { TimeLeft } from './progress';
import { type EpochRow, freshState, improves, type TrainState } from './state';
import { copyWeights, restoreWeights } from './weights';

export interface History {
  epochs: EpochRow[];
  /** 1-based; the model has this epoch's weights */
  bestEpoch: number;
  stoppedEarly: boolean;
  /** training and validation, over all sittings */
  seconds: number;
}

export interface TrainingData {
  train: LabelledSpheres | SphereSource;
  validation: LabelledSpheres;
}

/**
 * Trains a model with Adam on cross-entropy and leaves it with the weights of its best epoch.
 *
 * Same seed, same engine: same numbers, interrupted or not.
 * @param model returns logits
 * @throws Interrupted when the signal fires, after saving the checkpoint; UsageError if the loss is not finite
 */
export async function train(
  model: tf.LayersModel,
  data: TrainingData,
  options: TrainOptions,
): Promise<History> {
  check(data.train.count > 0 && data.validation.count > 0, 'train: no images to train or to validate with');
  const adam = new Adam(trainableVariables(model));
  try {
    return await new Training(model, data, options, adam).run();
  } finally {
    adam.dispose();
  }
}

/** One training under way; its state is all that a checkpoint needs to hold besides weights and optimiser. */
class Training {
  private readonly batchSize: number;
  private readonly batches: number;
  private readonly recipe: string;
  private state: TrainState = freshState();

  constructor(
    private readonly model: tf.LayersModel,
    private readonly data: TrainingData,
    private readonly options: TrainOptions,
    private readonly adam: Adam,
  ) {
    this.batchSize = options.batchSize ?? 32;
    this.batches = Math.ceil(data.train.count / this.batchSize);
    this.recipe = recipeOf(options, data.train.count, data.validation.count);
  }

  async run(): Promise<History> {
    this.takeUp();
    const clock = new TimeLeft(this.workLeft());
    try {
      while (!this.finished()) {
        const sitting = new TimeLeft();
        const secondsBefore = this.state.seconds;
        await this.trainEpoch(clock, () => secondsBefore + sitting.elapsed());
        await this.validate(() => secondsBefore + sitting.elapsed());
      }
    } catch (error) {
      if (error instanceof Interrupted) await this.save();
      throw error;
    }
    return this.history();
  }

  private takeUp(): void {
    const { checkpoint, log } = this.options;
    if (!checkpoint) return;
    const found = loadCheckpoint(checkpoint, this.recipe, this.model, this.adam);
    if (typeof found === 'object') {
      this.state = found;
      log?.(`going on at epoch ${found.rows.length + 1}, batch ${found.batch + 1} of ${this.batches}`);
    } else if (found !== noCheckpoint) log?.(`checkpoint not used: ${found}`);
  }

  private finished(): boolean {
    const { rows, bestEpoch } = this.state;
    const { epochs, patience = Number.POSITIVE_INFINITY } = this.options;
    return rows.length >= epochs || (rows.length > 0 && rows.length - bestEpoch >= patience);
  }

  /** The batches that are left of the epoch under way. */
  private async trainEpoch(clock: TimeLeft, seconds: () => number): Promise<void> {
    const { state, batchSize, batches } = this;
    const { seed, signal, epochs, onProgress } = this.options;
    const epoch = state.rows.length + 1;
    const order = Random.of(seed, 'shuffle', epoch).permutation(this.data.train.count);
    const total = clock.total;
    while (state.batch < batches) {
      await breathe(signal);
      const samples = order.subarray(state.batch * batchSize, (state.batch + 1) * batchSize);
      const loss = await this.step(samples);
      state.lossSum += loss * samples.length;
      state.batch++;
      state.seconds = seconds();
      const done = Math.min(state.batch * batchSize, order.length);
      onProgress?.({
        epoch,
        epochs,
        batch: state.batch,
        batches,
        loss: state.lossSum / done,
        secondsLeft: clock.after(total - this.workLeft()),
      });
    }
  }

  /** One step of Adam. @returns the batch's mean loss, before the step */
  private async step(samples: Uint32Array): Promise<number> {
    const { task, epochs, learningRate = 1e-3, schedule = 'constant', classWeights } = this.options;
    const done = this.state.rows.length * this.batches + this.state.batch;
    const { x, y } = batchTensors(this.data.train, task, samples);
    const weights = trainableVariables(this.model);
    const { value, grads } = lossAndGradients(this.model, x, y, weights, classWeights);
    try {
      const loss = (await value.data())[0];
      if (!Number.isFinite(loss)) throw new UsageError(diverged(loss, this.state, learningRate));
      this.adam.apply(grads, learningRateAt(schedule, learningRate, done, epochs * this.batches));
      return loss;
    } finally {
      tf.dispose([x, y, value, grads]);
    }
  }

  /** Ends an epoch: its row, the best weights, the checkpoint. */
  private async validate(seconds: () => number): Promise<void> {
    const { state, batchSize } = this;
    const { task, monitor = 'score', signal, onEpoch } = this.options;
    const metrics = await evaluate(this.model, this.data.validation, task, { batchSize, signal });
    const row: EpochRow = {
      epoch: state.rows.length + 1,
      trainLoss: state.lossSum / this.data.train.count,
      validationLoss: metrics.loss,
      validationScore: metrics.score,
      seconds: seconds(),
    };
    if (improves(metrics, state.rows[state.bestEpoch - 1], monitor)) {
      state.bestEpoch = row.epoch;
      state.bestWeights = await copyWeights(this.model);
    }
    state.rows.push(row);
    Object.assign(state, { batch: 0, lossSum: 0, seconds: 0 });
    // The row before the checkpoint: cut off in between, an epoch is done twice, and no row is lost.
    onEpoch?.(row);
    await this.save();
  }

  private async save(): Promise<void> {
    const { checkpoint } = this.options;
    if (checkpoint) await saveCheckpoint(checkpoint, this.recipe, this.model, this.adam, this.state);
  }

  private history(): History {
    const { rows, bestEpoch, bestWeights } = this.state;
    restoreWeights(this.model, bestWeights);
    return {
      epochs: rows,
      bestEpoch,
      stoppedEarly: rows.length < this.options.epochs,
      seconds: rows.reduce((sum, row) => sum + row.seconds, 0),
    };
  }

  /** In samples forward; a step is about three times a forward pass. */
  private workLeft(): number {
    const { train: set, validation } = this.data;
    const epochsLeft = this.options.epochs - this.state.rows.length;
    return epochsLeft * (3 * set.count + validation.count) - 3 * this.state.batch * this.batchSize;
  }
}

function trainableVariables(model: tf.LayersModel): tf.Variable[] {
  return model.trainableWeights.map((weight) => weight.read() as tf.Variable);
}

function diverged(loss: number, { rows, batch }: TrainState, learningRate: number): string {
  return (
    `train: the loss became ${loss} in epoch ${rows.length + 1}, batch ${batch + 1} (learning rate ${learningRate}): ` +
    'a smaller learning rate may help'
  );
}
