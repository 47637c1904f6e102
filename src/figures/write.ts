import { join } from 'node:path';
import { readPaperCurves } from '../analysis/paper';
import { studyKeys } from '../analysis/selection';
import type { DatasetName } from '../datasets/digits';
import { checkTask, type Task } from '../datasets/task';
import { datasetTitle } from '../datasets/title';
import { readAnswers, readRelu, readTrainingErrors } from '../results/measurements';
import { readResults } from '../results/read';
import type { ResultRow, Results } from '../results/rows';
import { currentSignal } from '../util/cell_signal';
import { writeFileAtomic } from '../util/files';
import { breathe } from '../util/interrupted';
import { answersAtTestTime } from './charts/answers_at_test_time';
import { errorOverTraining } from './charts/error_over_training';
import { paperCurves } from './charts/paper_curves';
import { paperSaturation } from './charts/saturation';
import { whatReluBreaks } from './charts/what_relu_breaks';
import type { Figure } from './parts/figure';
import { type ChartOptions, narrowWidth } from './parts/theme';
import { exportFigure } from './render/export';
import { figureSections, indexPage } from './render/index_page';
import { type NamedFigure, studyFigures } from './study_figures';

export interface WriteOptions {
  /** Folder of results. */
  results: string;
  /** Where the figures go. */
  folder: string;
  /** Folder of measurements, whose figures are drawn as well. */
  measured?: string;
  /** Single trainings to draw beside the studies. */
  added?: readonly { name: string; results: string }[];
  /** Only these kinds of figures of a study, as in `augmentation`; the paper's curves and the index then stay away. */
  kinds?: readonly string[];
  /** Default: that of the notebook's cell. */
  signal?: AbortSignal;
  /** Takes a line for whatever is left out, and why. */
  log?: (line: string) => void;
}

/**
 * All figures: those of each study under `results`, those of measurements, and the paper's own curves.
 * @throws UsageError if there is no folder of results
 */
export function allFigures(options: Omit<WriteOptions, 'folder' | 'signal'>): NamedFigure[] {
  const { results, measured, added = [], kinds, log = console.warn } = options;
  const found = readResults(results, log);
  for (const { name, results: own } of added) addRun(found, name, readResults(own, log), log);
  return [
    ...studyFigures(found, log, kinds),
    ...(measured ? measuredFigures(measured) : []),
    ...(kinds ? [] : paperFigures()),
  ];
}

/**
 * Writes them, and index.html, which shows them.
 * @returns the figures
 * @throws UsageError if there is no folder of results; Interrupted if the signal fires
 */
export async function writeFigures(options: WriteOptions): Promise<NamedFigure[]> {
  const { folder, kinds, log = console.warn, signal = currentSignal() } = options;
  const figures = allFigures(options);
  for (const { name, figure, narrow } of figures) {
    await breathe(signal);
    await exportFigure(name, figure, folder, { narrow, log });
  }
  if (!kinds)
    writeFileAtomic(join(folder, 'index.html'), indexPage('equisphere: figures', figureSections(figures)));
  return figures;
}

/** Single trainings enter the studies that they fit, under a name of their own; no mean of a study knows of them. */
function addRun({ rows }: Results, run: string, { rows: own }: Results, log: (line: string) => void): void {
  for (const row of own) {
    const fits = (other: ResultRow) => studyKeys.every((key) => key === 'tier' || other[key] === row[key]);
    const study = rows.find((other) => other.run === undefined && fits(other));
    if (study)
      rows.push({
        ...row,
        tier: study.tier,
        run,
        model: `${row.model} (${run})`,
        setting: `${row.setting} ${run}`,
      });
    else log(`${run} is left out: there is no study of ${studyKeys.map((key) => row[key]).join(', ')}`);
  }
}

function measuredFigures(folder: string): NamedFigure[] {
  return [
    ...measuredKind('answers', 'Answers at test time', readAnswers(folder), answersAtTestTime),
    ...measuredKind('relu', 'What ReLU breaks', readRelu(folder), whatReluBreaks),
    ...measuredKind('relu-training', 'What ReLU breaks', readTrainingErrors(folder), errorOverTraining),
  ];
}

/** One for each data set and task that was measured. */
function measuredKind<Row extends { dataset: DatasetName; task: Task }>(
  kind: string,
  heading: string,
  rows: readonly Row[],
  draw: (rows: readonly Row[], choice: { task: Task }, options?: ChartOptions) => Figure,
): NamedFigure[] {
  return [...new Set(rows.map((row) => row.dataset))].flatMap((dataset) => {
    const own = rows.filter((row) => row.dataset === dataset);
    return [...new Set(own.map((row) => row.task))].map((task) => ({
      name: `${dataset}-${kind}-${task}`,
      section: `${heading}: ${datasetTitle(dataset)}`,
      figure: draw(own, { task }),
      narrow: draw(own, { task }, { width: narrowWidth }),
    }));
  });
}

function paperFigures(): NamedFigure[] {
  const points = readPaperCurves().filter((point) => point.testRotated);
  const kinds = new Map(
    points.map(({ task, dataset }) => [`paper-${dataset}-${task}`, { task: checkTask(task), dataset }]),
  );
  const section = "The paper's own curves";
  return [...kinds].flatMap(([name, kind]) => {
    return [
      {
        name,
        section,
        figure: paperCurves(points, kind),
        narrow: paperCurves(points, kind, { width: narrowWidth }),
      },
      {
        name: `${name}-saturation`,
        section,
        figure: paperSaturation(points, kind),
        narrow: paperSaturation(points, kind, { width: narrowWidth }),
      },
    ];
  });
}
