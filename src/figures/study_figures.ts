import { readPaperCurves } from '../analysis/paper';
import { type Choice, selectStudy, studiesOf, type TaskChoice } from '../analysis/selection';
import { checkTask, scoreName } from '../datasets/task';
import { tierNames } from '../experiments/tiers';
import type { ResultRow, Results, SampleSet } from '../results/rows';
import { check, UsageError } from '../util/check';
import { besideThePaper } from './charts/beside_the_paper';
import { collapse } from './charts/collapse';
import { costVersusScore } from './charts/cost_versus_score';
import { equivarianceVersusAugmentation } from './charts/equivariance_versus_augmentation';
import { gapByTask } from './charts/gap_by_task';
import { imagesAgainstRotations } from './charts/images_against_rotations';
import { paperDatasetOf } from './charts/paper_curves';
import { samples } from './charts/samples';
import { saturation } from './charts/saturation';
import { trainingCurves } from './charts/training_curves';
import { exemplars, modelsBySize } from './exemplars';
import type { Figure } from './parts/figure';
import { compactCount } from './parts/numbers';
import { type ChartOptions, narrowWidth } from './parts/theme';
import { dataTitle, modelLabel, provenance, taskTitle } from './parts/wording';

/** A figure and the name of its files. */
export interface NamedFigure {
  name: string;
  figure: Figure;
  /** The same for a telephone, where the chart can be drawn for one. */
  narrow?: Figure;
  /** The heading under which it stands on a page. */
  section: string;
}

type Draw = (options: ChartOptions) => Figure;

/**
 * All figures that results allow: per study (task, data set, tier, ...) the main figure, the same beside the paper, its
 * saturation, the collapse, images against rotations, the cost, the training curves and the samples; and per tier the gap by task. Data
 * with faults of the released generator, and variants of a network, make no figures here: they are there to be compared with
 * what they differ from. All faults together do, once there are several amounts of rotated images.
 * @param skip takes a line for each figure that the results do not allow yet
 * @param kinds some of them, as in `augmentation`; default all
 */
export function studyFigures(
  results: Results,
  skip: (line: string) => void,
  kinds?: readonly string[],
): NamedFigure[] {
  const rows = results.rows.filter(
    ({ fidelity, variant }) => ['corrected', 'released'].includes(fidelity) && !variant,
  );
  const studies = studiesOf(rows)
    .map((choice) => ({ ...choice, task: checkTask(choice.task!) }))
    .filter((study) => study.fidelity === 'corrected' || rotatedAmounts(rows, study) > 1)
    .sort((a, b) => tierNames.indexOf(b.tier!) - tierNames.indexOf(a.tier!)); // the largest first
  const wanted = (kind: string) => !kinds || kinds.includes(kind);
  const drawn = (name: string, section: string, draw: Draw): NamedFigure[] => {
    try {
      const [figure, narrow] = [draw({}), draw({ width: narrowWidth })];
      return [{ name, section, figure, ...(narrow.layout.width === narrowWidth ? { narrow } : {}) }];
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      skip(`${name} is left out: ${error.message}`);
      return [];
    }
  };
  return [
    ...tiersToCompare(studies)
      .filter(() => wanted('gap'))
      .flatMap((tier) =>
        drawn(`${tier}-gap`, `All tasks, ${tier} tier`, (options) =>
          gapByTask(results.rows, readPaperCurves(), { tier }, options),
        ),
      ),
    ...studies.flatMap((study) =>
      Object.entries(figuresOf(results, rows, study))
        .filter(([kind]) => wanted(kind))
        .flatMap(([kind, draw]) => drawn(`${nameOf(study, studies)}-${kind}`, sectionOf(rows, study), draw)),
    ),
  ];
}

function rotatedAmounts(rows: readonly ResultRow[], study: TaskChoice): number {
  return new Set(selectStudy(rows, study).flatMap((row) => (row.rotations > 0 ? [row.images] : []))).size;
}

/** Tiers that hold more than one study. */
function tiersToCompare(studies: readonly Choice[]): string[] {
  const tiers = studies.map((study) => study.tier!);
  return [...new Set(tiers.filter((tier, i) => tiers.indexOf(tier) < i))];
}

function sectionOf(rows: readonly ResultRow[], study: TaskChoice): string {
  const [first] = selectStudy(rows, study);
  return `${taskTitle(study.task)}: ${dataTitle(first)}, ${first.tier} tier`;
}

/** The figures of a study; those that need what most studies lack are there only where it is. */
function figuresOf(results: Results, rows: ResultRow[], study: TaskChoice): Record<string, Draw> {
  const own = selectStudy(rows, study);
  const paper = readPaperCurves();
  const dataset = paperDatasetOf(own[0]);
  const isInPaper = paper.some((point) => point.task === study.task && point.dataset === dataset);
  const sharesRotations = own.some((row) => isShared(row));
  return {
    augmentation: (options) => equivarianceVersusAugmentation(results.rows, study, options),
    ...(isInPaper ? { paper: (options: ChartOptions) => besideThePaper(rows, paper, study, options) } : {}),
    ...(sharesRotations
      ? { rotations: (options: ChartOptions) => imagesAgainstRotations(rows, study, options) }
      : {}),
    saturation: (options) => saturation(rows, study, options),
    collapse: (options) => collapse(results.rows, study, options),
    cost: (options) => costVersusScore(rows, study, options),
    training: (options) => training(results, study, options),
    'samples-grid': (options) => samples(sampleSets(results, study), { view: 'grid', ...options }),
    'samples-sphere': (options) => samples(sampleSets(results, study), { view: 'sphere', ...options }),
  };
}

/** Whether images share rotations by choice, not by a fault of the generator. */
function isShared({ rotations, images, fidelity }: ResultRow): boolean {
  return fidelity === 'corrected' && rotations > 0 && rotations < images;
}

/** `mnist-quick-segmentation`; what else sets studies of that name apart follows only where that is needed. */
function nameOf(study: Choice, studies: readonly Choice[]): string {
  const base = ({ dataset, tier, task }: Choice) => `${dataset}-${tier}-${task}`;
  const further: [keyof Choice, string][] = [
    ['digitsPerSphere', `${study.digitsPerSphere}-digits`],
    ['fidelity', study.fidelity!],
    ['variant', study.variant!],
    ['bandwidth', `b${study.bandwidth}`],
    ['testImages', `n${study.testImages}`],
    ['numbers', `v${study.numbers}`],
  ];
  const isUsual: Choice = { digitsPerSphere: 1, fidelity: 'corrected', variant: '' };
  const parts = further.filter(([key]) => {
    if (key in isUsual) return study[key] !== isUsual[key];
    return studies.some((other) => base(other) === base(study) && other[key] !== study[key]);
  });
  return [base(study), ...parts.map(([, word]) => word.replace(/[^\w.]+/g, '-'))].join('-');
}

function sampleSets({ rows, samples: sets }: Results, choice: TaskChoice): SampleSet[] {
  return exemplars(rows, choice).flatMap(({ id }) => sets.filter((set) => set.result.id === id));
}

function training({ rows, validations }: Results, choice: TaskChoice, options: ChartOptions): Figure {
  const chosen = exemplars(rows, choice);
  check(chosen.length > 0, `no results of ${choice.task} whose trainings are compared`);
  const models = (family: string) => modelsBySize(rows, choice, family);
  const labelled = chosen.flatMap((row) => {
    const data = `${compactCount(row.images)} ${row.rotations > 0 ? 'rotated' : 'unrotated'}`;
    const { converged } = row;
    return validations
      .filter((v) => v.id === row.id)
      .map((v) => ({
        ...v,
        model: modelLabel(row),
        data,
        converged,
        rank: models(row.family).indexOf(row.model),
      }));
  });
  const task = checkTask(choice.task);
  const ended = chosen.filter((row) => row.converged).length;
  return trainingCurves(labelled, {
    ...options,
    title: `${taskTitle(task)}: ${ended} of ${chosen.length} trainings reach their plateau`,
    note: provenance(chosen, `seed ${chosen[0].seed}`),
    caption: 'Validation spheres are rotated where the training spheres are.',
    scoreName: `Validation ${scoreName(task)}`,
  });
}
