import { type Choice, selectStudy, studiesOf, type TaskChoice } from '../analysis/selection';
import { checkTask, scoreName } from '../datasets/task';
import type { ResultRow, Results, SampleSet } from '../results/rows';
import { UsageError } from '../util/check';
import { collapse } from './charts/collapse';
import { costVersusScore } from './charts/cost_versus_score';
import { equivarianceVersusAugmentation } from './charts/equivariance_versus_augmentation';
import { samples } from './charts/samples';
import { saturation } from './charts/saturation';
import { trainingCurves } from './charts/training_curves';
import type { Figure } from './parts/figure';
import { compactCount } from './parts/numbers';
import { modelLabel, provenance, taskTitle } from './parts/wording';

/** A figure and the name of its files. */
export interface NamedFigure {
  name: string;
  figure: Figure;
}

/**
 * All figures that results allow: per study (task, data set, tier, ...) the main figure, its saturation, the collapse, the
 * cost, the training curves and the samples.
 * @param skip takes a line for each figure that the results do not allow yet
 * @param kinds some of them, as in `augmentation`; default all
 */
export function studyFigures(
  results: Results,
  skip: (line: string) => void,
  kinds?: readonly string[],
): NamedFigure[] {
  const studies = studiesOf(results.rows);
  return studies.flatMap((choice) => {
    const study = { ...choice, task: choice.task! };
    const prefix = nameOf(study, studies);
    const figures: Record<string, () => Figure> = {
      augmentation: () => equivarianceVersusAugmentation(results.rows, study),
      saturation: () => saturation(results.rows, study),
      collapse: () => collapse(results.rows, study),
      cost: () => costVersusScore(results.rows, study),
      training: () => training(results, study),
      'samples-grid': () => samples(sampleSets(results, study), { view: 'grid' }),
      'samples-sphere': () => samples(sampleSets(results, study), { view: 'sphere' }),
    };
    return Object.entries(figures).flatMap(([kind, draw]) => {
      if (kinds && !kinds.includes(kind)) return [];
      const name = `${prefix}-${kind}`;
      try {
        return [{ name, figure: draw() }];
      } catch (error) {
        if (!(error instanceof UsageError)) throw error;
        skip(`${name} is left out: ${error.message}`);
        return [];
      }
    });
  });
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

/**
 * The experiments of the first seed, single trainings not among them, that stand for a study: the S2CNN, the smallest and the largest CNN with most
 * rotated images, and the largest CNN with most unrotated ones.
 */
function exemplars(rows: readonly ResultRow[], choice: Choice): ResultRow[] {
  const study = selectStudy(rows, choice).filter((row) => row.run === undefined);
  const seed = Math.min(...study.map((row) => row.seed));
  const bySize = study.filter((row) => row.seed === seed).sort((a, b) => a.parameters - b.parameters);
  const most = (candidates: ResultRow[]) =>
    candidates.reduce<ResultRow | undefined>(
      (best, row) => (best && best.images >= row.images ? best : row),
      undefined,
    );
  const of = (model: string | undefined, rotated: boolean) =>
    most(bySize.filter((row) => row.model === model && row.rotations > 0 === rotated));
  const plain = bySize.filter((row) => row.family === 'cnn');
  const [small, large] = [plain[0]?.model, plain[plain.length - 1]?.model];
  const equivariant = bySize.filter((row) => row.family === 's2cnn').pop()?.model;
  const chosen = [of(equivariant, false), of(small, true), of(large, true), of(large, false)];
  return [...new Set(chosen.filter((row) => row !== undefined))] as ResultRow[];
}

function sampleSets({ rows, samples: sets }: Results, choice: Choice): SampleSet[] {
  return exemplars(rows, choice).flatMap(({ id }) => sets.filter((set) => set.result.id === id));
}

function training({ rows, validations }: Results, choice: TaskChoice): Figure {
  const chosen = exemplars(rows, choice);
  const labelled = chosen.flatMap((row) => {
    const data = `${compactCount(row.images)} ${row.rotations > 0 ? 'rotated' : 'unrotated'}`;
    const model = `${modelLabel(row)}, ${data}`;
    return validations.filter((v) => v.id === row.id).map((v) => ({ ...v, model }));
  });
  const task = checkTask(choice.task);
  return trainingCurves(labelled, {
    title: `${taskTitle(task)}: training`,
    note: provenance(chosen, 'validation spheres are rotated where the training spheres are'),
    scoreName: `Validation ${scoreName(task)}`,
  });
}
