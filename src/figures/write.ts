import { readPaperCurves } from '../analysis/paper';
import { readResults } from '../results/read';
import { paperCurves } from './charts/paper_curves';
import { paperSaturation } from './charts/saturation';
import { exportFigure } from './render/export';
import { type NamedFigure, studyFigures } from './study_figures';

export interface WriteOptions {
  /** Folder of results. */
  results: string;
  /** Where the figures go. */
  folder: string;
  /** Takes a line for whatever is left out, and why. */
  log?: (line: string) => void;
}

/**
 * Writes all figures: those of each study under `results`, and the paper's own curves.
 * @returns the names of the figures
 * @throws UsageError if there is no folder of results
 */
export async function writeFigures({ results, folder, log = console.warn }: WriteOptions): Promise<string[]> {
  const figures = [...studyFigures(readResults(results, log), log), ...paperFigures()];
  for (const { name, figure } of figures) await exportFigure(name, figure, folder);
  return figures.map(({ name }) => name);
}

function paperFigures(): NamedFigure[] {
  const points = readPaperCurves().filter((point) => point.testRotated);
  const kinds = new Map(points.map(({ task, dataset }) => [`paper-${dataset}-${task}`, { task, dataset }]));
  return [...kinds].flatMap(([name, kind]) => [
    { name, figure: paperCurves(points, kind) },
    { name: `${name}-saturation`, figure: paperSaturation(points, kind) },
  ]);
}
