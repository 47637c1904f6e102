import { join } from 'node:path';
import { resultsTable } from '../analysis/table';
import { type Experiment, experiment, experimentId, fidelities } from '../experiments/experiment';
import { gridOf } from '../experiments/grid';
import { tierOf } from '../experiments/tiers';
import { modelNames } from '../models/index';
import { schedules } from '../training/learning_rate';
import { checkOneOf } from '../util/check';
import { integerOf, positiveOf, wordOf } from './arguments';
import { getDigits, studyOf, studyOptions } from './choice';
import type { Command, Context, Values } from './command';
import { resultsFolder } from './folders';
import { runInJobs } from './jobs';

const { tier, dataset, offline, results, engine } = studyOptions;

export const command: Command = {
  name: 'train',
  about: 'train one network and test it',
  help: "One experiment. What is not given is taken from the tier's first experiment of the task and model.",
  options: {
    tier,
    dataset,
    offline,
    task: { type: 'string', value: 'NAME', help: 'classification or segmentation (classification)' },
    model: { type: 'string', value: 'NAME', help: "a preset (the tier's S2CNN)" },
    bandwidth: { type: 'string', value: 'B', help: 'the grid has 2B x 2B points' },
    images: { type: 'string', value: 'N', help: 'training images' },
    rotations: { type: 'string', value: 'R', help: 'distinct rotations among them; 0: unrotated' },
    seed: { type: 'string', value: 'S', help: 'of data, weights and shuffles (1)' },
    epochs: { type: 'string', value: 'N', help: 'at most so many' },
    patience: { type: 'string', value: 'N', help: 'epochs without a better validation before stopping' },
    batch: { type: 'string', value: 'N', help: 'images in a batch' },
    rate: { type: 'string', value: 'X', help: 'learning rate of Adam' },
    schedule: { type: 'string', value: 'NAME', help: 'constant, or cosine down to zero' },
    validation: { type: 'string', value: 'N', help: 'validation images' },
    test: { type: 'string', value: 'N', help: 'test images' },
    fidelity: {
      type: 'string',
      value: 'NAME',
      help: 'corrected, or released: data with the original faults',
    },
    results,
    engine,
  },
  run: trainOne,
};

async function trainOne(values: Values, context: Context): Promise<void> {
  const wanted = experimentOf(values);
  checkOneOf('model', wanted.model, modelNames);
  const digits = await getDigits(values, context);
  const e = experiment({ ...wanted, dataset: digits.name });
  const found = await runInJobs([e], tierOf(e.tier), digits, values, context);
  context.status.log(
    `\n${resultsTable(found)}\n\nresults: ${join(resultsFolder(values), e.tier, `${experimentId(e)}.jsonl`)}`,
  );
}

/** The tier's experiment nearest to the options, with the options on top. */
function experimentOf(values: Values): Experiment {
  const task = wordOf(values.task) ?? 'classification';
  const { tier: chosen, dataset: name } = studyOf({ ...values, task });
  const ofTask = gridOf(tierOf(chosen.name), { dataset: name, tasks: [task] });
  const model = wordOf(values.model) ?? ofTask[0].model;
  const base = ofTask.find((e) => e.model === model) ?? ofTask[0];
  const integer = (option: string, low = 1) => integerOf(option, values[option], low);
  const images = integer('images') ?? base.images;
  return experiment({
    ...base,
    model,
    images,
    bandwidth: integer('bandwidth') ?? base.bandwidth,
    rotations: integer('rotations', 0) ?? (base.rotations === 0 ? 0 : images),
    seed: integer('seed', 0) ?? base.seed,
    epochs: integer('epochs') ?? base.epochs,
    patience: integer('patience') ?? base.patience,
    batchSize: integer('batch') ?? base.batchSize,
    learningRate: positiveOf('rate', values.rate) ?? base.learningRate,
    schedule: checkOneOf('schedule', wordOf(values.schedule) ?? base.schedule, schedules),
    validationImages: integer('validation') ?? base.validationImages,
    testImages: integer('test') ?? base.testImages,
    fidelity: checkOneOf('fidelity', wordOf(values.fidelity) ?? base.fidelity, fidelities),
  });
}
