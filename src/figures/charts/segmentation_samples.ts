import type { SampleSet } from '../../results/rows';
import type { Figure } from '../parts/figure';
import { classLegend, drawPanels, type Panel, type SphereView, textAt } from '../parts/panels';
import {
  classNotes,
  classWord,
  networkLines,
  rightAnswers,
  samplesNote,
  sphereOf,
  viewNote,
} from '../parts/sample_wording';
import { baseLayout, fontSizes, headOf, isNarrow, mutedInk } from '../parts/theme';

const [edge, widest] = [16, 150];

/** Pixels between pictures, and of the lines of text above, below and at the bottom. */
const wide = { gap: 12, caption: 26, head: 42, legend: 58, font: fontSizes.tick };
const narrow = { gap: 5, caption: 36, head: 64, legend: 72, font: 10 };

/** A row per sphere: input, mask, and each network's prediction with its digit and its overlap with the mask. */
export function segmentationSamples(
  sets: readonly SampleSet[],
  view: SphereView,
  count: number,
  width: number,
): Figure {
  const { gap, ...heights } = isNarrow(width) ? narrow : wide;
  const font = { size: heights.font };
  const title = titleOf(sets, count);
  const subtitle = [samplesNote(sets[0], count), viewNote(view), ...classNotes(sets[0])];
  const columns = 2 + sets.length;
  const side = Math.min(widest, (width - 2 * edge - gap * (columns - 1)) / columns);
  const top = headOf(title, subtitle, width).height + heights.head;
  const height = top + count * (side + heights.caption) + heights.legend;
  const left = (column: number) => edge + column * (side + gap);
  const panels: Panel[] = [];
  const annotations = heads(sets).map((lines, column) =>
    textAt(headText(lines, isNarrow(width)), left(column) + side / 2, top - heights.head, width, height, {
      font,
    }),
  );
  for (let i = 0; i < count; i++) {
    const y = top + i * (side + heights.caption);
    spheresOf(sets, i).forEach(({ caption, ...sphere }, column) => {
      panels.push({ ...sphere, place: { left: left(column), top: y, width: side, height: side } });
      const text = isNarrow(width) ? caption.replace(' · ', '<br>') : caption;
      if (text)
        annotations.push(textAt(text, left(column) + side / 2, y + side + 1, width, height, { font }));
    });
  }
  const { data, axes, shapes } = drawPanels(panels, view, width, height);
  const legend = classLegend(edge, height - heights.legend + 8, width, height);
  const margin = { l: 0, r: 0, t: 0, b: 0 };
  return {
    data,
    layout: {
      ...baseLayout({ title, subtitle, width, height, margin }),
      ...axes,
      shapes: [...shapes, ...legend.shapes],
      annotations: [...annotations, ...legend.annotations],
    },
    alt: altText(sets, count),
    caption: 'IoU: points that mask and prediction share, of those in either, background aside.',
    rows: overlaps(sets, count),
  };
}

/** How many digits are recognised, by the largest part of the prediction; not where a sphere holds several. */
function titleOf(sets: readonly SampleSet[], count: number): string {
  if (sets[0].result.digitsPerSphere > 1) return 'Segmentation of rotated spheres';
  const right = sets.map((set) => {
    const { labels, predictions, size } = set;
    return labels.slice(0, count).filter((digit, i) => mainDigit(sphereOf(predictions, i, size)) === digit)
      .length;
  });
  return rightAnswers(sets, right, count);
}

/** The pictures of a row and what stands below them. */
function spheresOf(sets: readonly SampleSet[], i: number): (Omit<Panel, 'place'> & { caption: string })[] {
  const [first] = sets;
  const { size, labels } = first;
  const [facing, mask] = [sphereOf(first.inputs, i, size), sphereOf(first.masks, i, size)];
  const word = classWord(first);
  const several = first.result.digitsPerSphere > 1;
  const truth = several ? `${word}s ${digitsIn(mask).join(', ')}` : `${word} ${labels[i]}`;
  return [
    { values: facing, size, facing, kind: 'grey', caption: '' },
    { values: mask, size, facing, kind: 'classes', caption: truth },
    ...sets.map((set) => {
      const values = sphereOf(set.predictions, i, size);
      const shared = `IoU ${percent(meanOverlap(values, mask))}`;
      const caption = several ? shared : captionOf(values, labels[i], word, shared);
      return { values, size, facing, kind: 'classes' as const, caption };
    }),
  ];
}

/** Intersection over union of the points of one digit, 0 to 1; undefined if neither array has any. */
export function overlap(prediction: Uint8Array, mask: Uint8Array, digit: number): number | undefined {
  let [intersection, union] = [0, 0];
  for (let i = 0; i < mask.length; i++) {
    const [predicted, actual] = [prediction[i] === digit + 1, mask[i] === digit + 1];
    if (predicted && actual) intersection++;
    if (predicted || actual) union++;
  }
  return union === 0 ? undefined : intersection / union;
}

/** The digits of a mask, from small to large. */
function digitsIn(mask: Uint8Array): number[] {
  return [...new Set(mask)]
    .filter(Boolean)
    .map((value) => value - 1)
    .sort((a, b) => a - b);
}

/** Intersection over union, mean over the digits of the mask; undefined if it has none. */
function meanOverlap(prediction: Uint8Array, mask: Uint8Array): number | undefined {
  const digits = digitsIn(mask);
  if (digits.length === 0) return undefined;
  return digits.reduce((sum, digit) => sum + overlap(prediction, mask, digit)!, 0) / digits.length;
}

/** The digit with the most points; undefined if all is background. */
export function mainDigit(prediction: Uint8Array): number | undefined {
  const counts = new Array<number>(11).fill(0);
  for (const value of prediction) counts[value]++;
  const most = Math.max(...counts.slice(1));
  return most === 0 ? undefined : counts.indexOf(most, 1) - 1;
}

function heads(sets: readonly SampleSet[]): [string, string][] {
  return [['Input', ''], ['Mask', 'ground truth'], ...sets.map(networkLines)];
}

function headText([name, data]: [string, string], isBroken: boolean): string {
  const [head, below] = [name, data].map((line) => (isBroken ? line.replace(' ', '<br>') : line));
  return `<b>${head}</b>${data ? `<br><span style="color:${mutedInk}">${below}</span>` : ''}`;
}

/** The digit seen, bold if it is the wrong one, and its overlap with the mask. */
function captionOf(prediction: Uint8Array, digit: number, word: string, shared: string): string {
  const main = mainDigit(prediction);
  if (main === undefined) return 'nothing found';
  return `${main === digit ? `${word} ${main}` : `<b>${word} ${main}</b>`} · ${shared}`;
}

function percent(share: number | undefined): string {
  return share === undefined ? '–' : `${Math.round(100 * share)} %`;
}

function overlaps(sets: readonly SampleSet[], count: number) {
  return sets.flatMap(({ result, predictions, masks, labels, size }) =>
    labels.slice(0, count).map((digit, i) => ({
      sample: i + 1,
      digit,
      model: result.model,
      images: result.images,
      rotations: result.rotations,
      predicted: mainDigit(sphereOf(predictions, i, size)) ?? null,
      iou: meanOverlap(sphereOf(predictions, i, size), sphereOf(masks, i, size)) ?? null,
    })),
  );
}

function altText(sets: readonly SampleSet[], count: number): string {
  const networks = sets.map((set) => {
    const found = overlaps([set], count).map(({ digit, predicted, iou }) => {
      return `${digit} as ${predicted ?? 'background'} (IoU ${percent(iou ?? undefined)})`;
    });
    return `${networkLines(set).join(', ')}: ${found.join(', ')}`;
  });
  return `Rotated test spheres, their masks and the masks that networks predict. ${networks.join('. ')}.`;
}
