import type { SampleSet } from '../../results/rows';
import { check } from '../../util/check';
import type { Figure } from '../parts/figure';
import type { SphereView } from '../parts/panels';
import { type ChartOptions, isNarrow, wideWidth } from '../parts/theme';
import { classificationSamples } from './classification_samples';
import { segmentationSamples } from './segmentation_samples';

/** Options of the sample figures. */
export interface SampleOptions extends ChartOptions {
  view: SphereView;
  /**
   * How many of the stored samples are shown, from the first on. Default 4 for segmentation, 8 for classification, 4 of
   * them in a narrow figure.
   */
  count?: number;
}

/**
 * The same rotated test spheres as several networks see them: input, true mask and each network's prediction; for
 * classification the inputs with the predicted digits below.
 * @param sets one per network; all must hold the same spheres
 * @throws UsageError if there are no sets or more than 4, or if they differ in task or spheres
 */
export function samples(
  sets: readonly SampleSet[],
  { view, count, width = wideWidth }: SampleOptions,
): Figure {
  check(sets.length > 0, 'samples: no sample sets');
  check(sets.length <= 4, `samples: room for 4 networks, got ${sets.length}`);
  const [first, ...others] = sets;
  const { task } = first.result;
  for (const other of others) {
    check(other.result.task === task, `samples: sets of ${task} and ${other.result.task} together`);
    check(
      other.size === first.size && Buffer.compare(other.inputs, first.inputs) === 0,
      () => `samples: ${first.result.model} and ${other.result.model} were not tested on the same spheres`,
    );
  }
  const wanted = count ?? (task === 'segmentation' || isNarrow(width) ? 4 : 8);
  const shown = Math.min(wanted, first.count);
  return task === 'segmentation'
    ? segmentationSamples(sets, view, shown, width)
    : classificationSamples(sets, view, shown, width);
}
