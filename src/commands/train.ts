import { resultsTable } from '../analysis/table';
import { type ExperimentFields, experiment } from '../experiments/experiment';
import { canonicalFidelity, rotationsOfEach } from '../experiments/fidelity';
import { gridOf } from '../experiments/grid';
import { modelNames } from '../models/presets';
import { openStore } from '../results/store';
import { schedules } from '../training/learning_rate';
import { checkOneOf } from '../util/check';
import { checkWritable } from '../util/files';
import { integerOf, nameOf, positiveOf, wordOf } from './arguments';
import { choiceOf, choiceOptions } from './choice';
import type { Command, Context, Values } from './command';
import { getDigits } from './digits';
import { singleFolders } from './folders';
import { runInJobs } from './jobs';

const { tier, dataset, offline, engine } = choiceOptions;

export const command: Command = {
  name: 'train',
  about: 'train one network and test it',
  help: [
    "One experiment. What is not given is taken from the tier's first experiment of the task and model, or, said in a",
    'line, of the task alone where the tier has no such model. The result goes to a folder of its own,',
    'out/single/NAME, and enters no study; `figures --add NAME` draws it beside one.',
  ].join('\n'),
  options: {
    name: { type: 'string', value: 'NAME', help: 'of the folder of the result (single)' },
    tier,
    dataset,
    offline,
    task: { type: 'string', value: 'NAME', help: 'classification or segmentation (classification)' },
    model: { type: 'string', value: 'NAME', help: "a preset (the tier's S2CNN)" },
    bandwidth: { type: 'string', value: 'B', help: 'the grid has 2B x 2B points' },
    images: { type: 'string', value: 'N', help: 'training images' },
    rotations: { type: 'string', value: 'R', help: 'distinct rotations among them; 0: unrotated' },
    digits: { type: 'string', value: 'N', help: 'digits on a sphere, 1 to 4 (1)' },
    seed: { type: 'string', value: 'S', help: 'of data, weights and shuffles (1)' },
    steps: { type: 'string', value: 'N', help: 'at most so many optimiser steps' },
    patience: { type: 'string', value: 'N', help: 'validations without a better one before stopping' },
    batch: { type: 'string', value: 'N', help: 'images in a batch' },
    rate: { type: 'string', value: 'X', help: 'learning rate of Adam' },
    warmup: { type: 'string', value: 'N', help: 'steps until the rate is reached' },
    schedule: { type: 'string', value: 'NAME', help: `${schedules.join(', ')}: how the rate moves` },
    validation: { type: 'string', value: 'N', help: 'validation images' },
    test: { type: 'string', value: 'N', help: 'test images' },
    fidelity: {
      type: 'string',
      value: 'NAME',
      help: 'corrected, released (data with the original faults), or some of the faults, as in sampling+grid',
    },
    engine,
  },
  run: trainOne,
};

/** What any machine can hold. */
const most = { bandwidth: 256, images: 1e8, tests: 1e6, steps: 1e9, batch: 1e5 };

async function trainOne(values: Values, context: Context): Promise<void> {
  const folders = singleFolders(nameOf('name', values) ?? 'single');
  const wanted = fieldsOf(values, (line) => context.status.log(line));
  const { machine, tier: base } = choiceOf({ tier: values.tier, engine: values.engine });
  for (const folder of [folders.results, folders.runs]) checkWritable(folder);
  const digits = await getDigits(values, context, base.glyphs);
  const e = experiment({ ...wanted, dataset: digits.name });
  const found = await runInJobs(
    { experiments: [e], sideBySide: false, digits: [digits], folders, machine: { ...machine, jobs: 1 } },
    context,
  );
  context.status.log(`\n${resultsTable(found)}\n\nresults: ${openStore(folders.results).pathOf(e)}`);
}

/** The tier's experiment nearest to the options, with the options on top; its network is found by name again. */
function fieldsOf(values: Values, log: (line: string) => void): ExperimentFields {
  const task = wordOf(values.task) ?? 'classification';
  const { tier: chosen, dataset: digits } = choiceOf({ tier: values.tier, dataset: values.dataset, task });
  const ofTask = gridOf(chosen, { dataset: digits, tasks: [task] });
  const model = checkOneOf('model', wordOf(values.model) ?? ofTask[0].model, modelNames);
  const own = ofTask.find((e) => e.model === model);
  const { network, ...base } = own ?? ofTask[0];
  const integer = (option: string, low = 1, high?: number) => integerOf(option, values, low, high);
  const images = integer('images', 1, most.images) ?? base.images;
  const fidelity = canonicalFidelity(wordOf(values.fidelity) ?? base.fidelity);
  const fields: ExperimentFields = {
    ...base,
    model,
    images,
    bandwidth: integer('bandwidth', 1, most.bandwidth) ?? base.bandwidth,
    rotations:
      integer('rotations', 0, images) ?? (base.rotations === 0 ? 0 : rotationsOfEach(images, fidelity)),
    digitsPerSphere: integer('digits', 1, 4) ?? base.digitsPerSphere,
    seed: integer('seed', 0) ?? base.seed,
    steps: integer('steps', 1, most.steps) ?? base.steps,
    patience: integer('patience', 0, most.steps) ?? base.patience,
    batchSize: integer('batch', 1, most.batch) ?? base.batchSize,
    learningRate: positiveOf('rate', values) ?? base.learningRate,
    warmup: integer('warmup', 0, most.steps) ?? base.warmup,
    schedule: checkOneOf('schedule', wordOf(values.schedule) ?? base.schedule, schedules),
    validationImages: integer('validation', 1, most.tests) ?? base.validationImages,
    testImages: integer('test', 1, most.tests) ?? base.testImages,
    fidelity,
  };
  experiment(fields); // before anything is loaded
  if (!own) log(`tier ${chosen.name} has no ${model}: what is not given is as for its ${base.model}`);
  return fields;
}
