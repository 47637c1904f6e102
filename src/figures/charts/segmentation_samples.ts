import type { Annotation } from 'plotly.js-dist';
import type { SampleSet } from '../../results/rows';
import type { Figure } from '../parts/figure';
import { classLegend, drawPanels, type Panel, type SphereView, textAt } from '../parts/panels';
import { classWord, networkLines, samplesNote, sphereOf, viewNote } from '../parts/sample_wording';
import { baseLayout, fontSizes, mutedInk, titleHeight } from '../parts/theme';

const width = 700;
const [edge, gap, captionHeight, headHeight, legendHeight] = [16, 12, 26, 42, 58];
const widest = 150;

/** A row per sphere: input, mask, and each network's prediction with its digit and its overlap with the mask. */
export function segmentationSamples(sets: readonly SampleSet[], view: SphereView, count: number): Figure {
  const subtitle = [samplesNote(sets[0], count), viewNote(view)];
  const columns = 2 + sets.length;
  const side = Math.min(widest, (width - 2 * edge - gap * (columns - 1)) / columns);
  const top = titleHeight(subtitle) + headHeight;
  const height = top + count * (side + captionHeight) + legendHeight;
  const left = (column: number) => edge + column * (side + gap);
  const panels: Panel[] = [];
  const annotations = heads(sets).flatMap((lines, column) =>
    headOf(lines, left(column) + side / 2, top, height),
  );
  for (let i = 0; i < count; i++) {
    const y = top + i * (side + captionHeight);
    spheresOf(sets, i).forEach(({ caption, ...sphere }, column) => {
      panels.push({ ...sphere, place: { left: left(column), top: y, width: side, height: side } });
      if (caption) annotations.push(textAt(caption, left(column) + side / 2, y + side + 1, width, height));
    });
  }
  const { data, axes, shapes } = drawPanels(panels, view, width, height);
  const legend = classLegend(edge, height - legendHeight + 8, width, height);
  return {
    data,
    layout: {
      ...baseLayout({
        title: 'Segmentation of rotated spheres',
        subtitle,
        width,
        height,
        margin: { l: 0, r: 0, t: 0, b: 0 },
      }),
      ...axes,
      shapes: [...shapes, ...legend.shapes],
      annotations: [...annotations, ...legend.annotations],
    },
    alt: altText(sets, count),
    rows: overlaps(sets, count),
  };
}

/** The pictures of a row and what stands below them. */
function spheresOf(sets: readonly SampleSet[], i: number): (Omit<Panel, 'place'> & { caption: string })[] {
  const [first] = sets;
  const { size, labels } = first;
  const [facing, mask] = [sphereOf(first.inputs, i, size), sphereOf(first.masks, i, size)];
  const word = classWord(first);
  return [
    { values: facing, size, facing, kind: 'grey', caption: '' },
    { values: mask, size, facing, kind: 'classes', caption: `${word} ${labels[i]}` },
    ...sets.map((set) => {
      const values = sphereOf(set.predictions, i, size);
      const caption = captionOf(values, mask, labels[i], word);
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

function headOf(
  [name, data]: [string, string],
  x: number,
  top: number,
  height: number,
): Partial<Annotation>[] {
  const head = textAt(`<b>${name}</b>`, x, top - headHeight, width, height);
  const below = { font: { size: fontSizes.tick, color: mutedInk } };
  return data ? [head, textAt(data, x, top - headHeight + 17, width, height, below)] : [head];
}

/** The digit seen, bold if it is the wrong one, and its overlap with the mask. */
function captionOf(prediction: Uint8Array, mask: Uint8Array, digit: number, word: string): string {
  const main = mainDigit(prediction);
  if (main === undefined) return 'nothing found';
  const seen = main === digit ? `${word} ${main}` : `<b>${word} ${main}</b>`;
  return `${seen} · IoU ${percent(overlap(prediction, mask, digit))}`;
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
      iou: overlap(sphereOf(predictions, i, size), sphereOf(masks, i, size), digit) ?? null,
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
