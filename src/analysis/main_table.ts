import { type Task, tasks } from '../datasets/task';
import type { ResultRow } from '../results/rows';
import { nearestAmount } from './nearest_amount';
import type { PaperPoint } from './paper';
import { networkName, type Summary, summarise } from './summary';
import { dataText, markdownTable, spreadText } from './table';

/** One row of the table that compares the families; scores on rotated test spheres in percent. */
export interface MainRow {
  task: Task;
  network: string;
  /** amount and kind of training images */
  data: string;
  ours: string;
  seeds: number;
  converged: boolean;
  /** the paper's score of the network of that name with the same data; empty where it has none */
  paper: string;
}

/**
 * For each task the S2CNN at each amount of unrotated images, with ReLU on finer grids in rows of their own, and at each
 * amount of rotated and of unrotated ones the CNN with the best score on rotated validation spheres; beside them the
 * paper's scores.
 * @param rows of one study, one rotation for each image or none
 * @param length 'short': of the S2CNNs the amount next to the fewest rotated images of a CNN, of the CNNs the fewest and the
 *   most rotated images and the most unrotated ones
 */
export function mainTable(
  rows: readonly ResultRow[],
  paper: readonly PaperPoint[],
  length: 'whole' | 'short' = 'whole',
): MainRow[] {
  const shown = rows.filter(({ images, rotations }) => rotations === 0 || rotations === images);
  const summaries = summarise(shown);
  return [...tasks].reverse().flatMap((task) => {
    const ofTask = summaries.filter((s) => s.task === task);
    const equivariant = ofTask.filter((s) => s.family === 's2cnn' && s.rotations === 0);
    const plain = ofTask.filter((s) => s.family === 'cnn' && s.variant === '');
    const [rotated, unrotated] = [true, false].map((isRotated) =>
      bestAtEachAmount(plain.filter((s) => s.rotations > 0 === isRotated)),
    );
    const shown =
      length === 'short'
        ? [...nearestAmount(equivariant, rotated[0]?.images ?? 1), ...ends(rotated), ...unrotated.slice(-1)]
        : [...equivariant, ...rotated, ...unrotated];
    return shown.map((s) => mainRow(s, paper));
  });
}

function ends<Row>(rows: readonly Row[]): Row[] {
  return rows.filter((_, i) => i === 0 || i === rows.length - 1);
}

/** The table in Markdown. */
export function mainTableMarkdown(rows: readonly MainRow[]): string {
  return markdownTable(
    rows.map(({ task, network, data, ours, seeds, converged, paper }) => ({
      task,
      network,
      'training images': data,
      ours: converged ? ours : `${ours} *`,
      seeds,
      paper: paper || '-',
    })),
  );
}

function bestAtEachAmount(summaries: readonly Summary[]): Summary[] {
  const amounts = [...new Set(summaries.map((s) => s.images))].sort((a, b) => a - b);
  return amounts.map((images) =>
    summaries
      .filter((s) => s.images === images)
      .reduce((a, b) => (b.validation.mean > a.validation.mean ? b : a)),
  );
}

function mainRow(s: Summary, paper: readonly PaperPoint[]): MainRow {
  const found = paper.find(
    (point) =>
      point.task === s.task &&
      point.dataset === s.dataset &&
      point.testRotated &&
      point.trainRotated === s.rotations > 0 &&
      point.images === s.images &&
      presetOf(point.model) === s.model,
  );
  return {
    task: s.task,
    network: networkName(s),
    data: dataText(s),
    ours: spreadText(s.rotated),
    seeds: s.seeds.length,
    converged: s.converged,
    paper: found ? found.score.toFixed(1) : '',
  };
}

/** `S2CNN 204k` to `s2cnn-204k`. */
function presetOf(paperName: string): string {
  return paperName.toLowerCase().replace(' ', '-');
}
