import type { Annotation, Shape } from 'plotly.js-dist';
import type { SampleSet } from '../../results/rows';
import type { Figure } from '../parts/figure';
import { drawPanels, outline, type Panel, type SphereView, textAt } from '../parts/panels';
import {
  classNotes,
  classWord,
  networkLines,
  rightAnswers,
  samplesNote,
  sphereOf,
  viewNote,
} from '../parts/sample_wording';
import { baseLayout, fontSizes, headOf, isNarrow, mutedInk, seriesStyle } from '../parts/theme';

const [edge, gap, rowHeight] = [16, 7, 40];
const wrongStyle = seriesStyle('s2cnn', 0);

/** A column per sphere: the sphere, the true digit, and below it what each network says; wrong answers are boxed. */
export function classificationSamples(
  sets: readonly SampleSet[],
  view: SphereView,
  count: number,
  width: number,
): Figure {
  const [first] = sets;
  const names = isNarrow(width) ? 100 : 128;
  const right = sets.map(
    (set) => set.predictedLabels.slice(0, count).filter((d, i) => d === set.labels[i]).length,
  );
  const title = rightAnswers(sets, right, count);
  const side = (width - 2 * edge - names - gap * (count - 1)) / count;
  const subtitle = [
    samplesNote(first, count),
    viewNote(view),
    'Answers in a box are wrong',
    ...classNotes(first),
  ];
  const top = headOf(title, subtitle, width).height;
  const answersTop = top + side + 10;
  const height = answersTop + rowHeight * (1 + sets.length) + 6;
  const centre = (i: number) => edge + names + i * (side + gap) + side / 2;
  const panels = Array.from({ length: count }, (_, i): Panel => {
    const values = sphereOf(first.inputs, i, first.size);
    const place = { left: centre(i) - side / 2, top, width: side, height: side };
    return { place, values, size: first.size, kind: 'grey', facing: values };
  });
  const rows = [first.labels, ...sets.map((set) => set.predictedLabels)].map((digits, row) => ({
    head: row === 0 ? ([`True ${classWord(first)}`, ''] as const) : networkLines(sets[row - 1]),
    digits: digits.slice(0, count),
    y: answersTop + rowHeight * row + rowHeight / 2,
  }));
  const answers = rows.map((row) => answersOf(row, first.labels, centre, width, height));
  const drawn = drawPanels(panels, view, width, height);
  return {
    data: drawn.data,
    layout: {
      ...baseLayout({
        title,
        subtitle,
        width,
        height,
        margin: { l: 0, r: 0, t: 0, b: 0 },
      }),
      ...drawn.axes,
      shapes: [...drawn.shapes, ...answers.flatMap(({ shapes }) => shapes)],
      annotations: answers.flatMap(({ annotations }) => annotations),
    },
    alt: altText(sets, count),
    rows: tableRows(sets, count),
  };
}

/** A row's answers. */
interface Answers {
  head: readonly [name: string, data: string];
  digits: readonly number[];
  y: number;
}

/** What a row shows: its head, a digit below each sphere, a box around each that is wrong. */
function answersOf(
  { head, digits, y }: Answers,
  truth: readonly number[],
  centre: (i: number) => number,
  width: number,
  height: number,
): { annotations: Partial<Annotation>[]; shapes: Partial<Shape>[] } {
  const wrong = digits.map((digit, i) => digit !== truth[i]);
  return {
    annotations: [
      ...rowHead(head, y, width, height),
      ...digits.map((digit, i) => digitAt(digit, wrong[i], centre(i), y, width, height)),
    ],
    shapes: digits.flatMap((_, i) => (wrong[i] ? [box(centre(i), y, width, height)] : [])),
  };
}

/** A row's name at the left, and below it what the network was trained with. */
function rowHead(
  [name, data]: readonly [string, string],
  y: number,
  width: number,
  height: number,
): Partial<Annotation>[] {
  const text = data ? `<b>${name}</b><br><span style="color:${mutedInk}">${data}</span>` : `<b>${name}</b>`;
  return [textAt(text, edge, y, width, height, { xanchor: 'left', yanchor: 'middle', align: 'left' })];
}

function digitAt(
  digit: number,
  wrong: boolean,
  x: number,
  y: number,
  width: number,
  height: number,
): Partial<Annotation> {
  return textAt(wrong ? `<b>${digit}</b>` : String(digit), x, y, width, height, {
    yanchor: 'middle',
    font: { size: fontSizes.label + 2, ...(wrong ? { color: wrongStyle.textColor } : {}) },
  });
}

function box(x: number, y: number, width: number, height: number): Partial<Shape> {
  const half = 13;
  const place = { left: x - half, top: y - half, width: 2 * half, height: 2 * half };
  return {
    ...outline(place, 'rect', width, height),
    fillcolor: `${wrongStyle.color}1F`,
    line: { color: wrongStyle.color, width: 1.5 },
  };
}

function altText(sets: readonly SampleSet[], count: number): string {
  const truth = sets[0].labels.slice(0, count).join(', ');
  const networks = sets.map(
    (set) => `${networkLines(set).join(', ')}: ${set.predictedLabels.slice(0, count).join(', ')}`,
  );
  const several = sets[0].result.dataset === 'fashion-mnist' ? 'classes' : 'digits';
  return `Rotated test spheres with the ${several} ${truth}, and what networks take them for. ${networks.join('. ')}.`;
}

function tableRows(sets: readonly SampleSet[], count: number) {
  return sets.flatMap(({ result, labels, predictedLabels }) =>
    labels.slice(0, count).map((digit, i) => ({
      sample: i + 1,
      digit,
      model: result.model,
      images: result.images,
      rotations: result.rotations,
      predicted: predictedLabels[i],
    })),
  );
}
