import type { Annotation } from 'plotly.js-dist';
import type { SampleSet } from '../analysis/rows';
import type { Figure } from './figure';
import { drawPanels, type Panel, type SphereView, textAt } from './panels';
import { networkLines, samplesNote, sphereOf, viewNote } from './sample_wording';
import { baseLayout, fontSizes, mutedInk, titleHeight } from './theme';

const width = 700;
const [edge, gap, columns, lineHeight] = [16, 16, 4, 17];

/** Spheres in rows of four, the true digit and each network's below; wrong ones are marked by "not" and bold type. */
export function classificationSamples(sets: readonly SampleSet[], view: SphereView, count: number): Figure {
  const [first] = sets;
  const side = (width - 2 * edge - gap * (columns - 1)) / columns;
  const top = titleHeight(2) + 8;
  const cell = side + lineHeight * (1 + sets.length) + 18;
  const height = top + Math.ceil(count / columns) * cell + 6;
  const panels: Panel[] = [];
  const annotations: Partial<Annotation>[] = [];
  for (let i = 0; i < count; i++) {
    const values = sphereOf(first.inputs, i, first.size);
    const left = edge + (i % columns) * (side + gap);
    const place = { left, top: top + Math.floor(i / columns) * cell, width: side, height: side };
    panels.push({ place, values, size: first.size, kind: 'grey', facing: values });
    lines(sets, i).forEach((text, line) => {
      const font = { size: fontSizes.tick, color: line === 0 ? mutedInk : undefined };
      annotations.push(
        textAt(text, left, place.top + side + 2 + line * lineHeight, width, height, {
          xanchor: 'left',
          font,
        }),
      );
    });
  }
  const { data, axes, shapes } = drawPanels(panels, view, width, height);
  return {
    data,
    layout: {
      ...baseLayout({
        title: 'Classification of rotated spheres',
        subtitle: [samplesNote(first, count), viewNote(view)],
        width,
        height,
        margin: { l: 0, r: 0, t: 0, b: 0 },
      }),
      ...axes,
      shapes,
      annotations,
    },
    alt: `Rotated test spheres with the digits that networks take them for. ${Array.from({ length: count }, (_, i) => plain(lines(sets, i).join(', '))).join('. ')}.`,
    rows: sets.flatMap(({ result, labels, predictedLabels }) =>
      labels.slice(0, count).map((digit, i) => ({
        sample: i + 1,
        digit,
        model: result.model,
        images: result.images,
        rotations: result.rotations,
        predicted: predictedLabels[i],
      })),
    ),
  };
}

function lines(sets: readonly SampleSet[], i: number): string[] {
  const truth = sets[0].labels[i];
  const guesses = sets.map((set) => {
    const [name, data] = networkLines(set);
    const guess = set.predictedLabels[i];
    const text = `${name}, ${data}: ${guess}`;
    return guess === truth ? text : `<b>${text}</b> ✗`;
  });
  return [`true: ${truth}`, ...guesses];
}

function plain(text: string): string {
  return text.replace(/<\/?b>/g, '').replaceAll(' ✗', ' (wrong)');
}
