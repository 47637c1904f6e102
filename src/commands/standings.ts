import { layOut } from '../analysis/table';
import { describeExperiment, type Experiment, experimentId } from '../experiments/experiment';
import { openStore } from '../results/store';
import { Estimate } from '../running/estimate';
import { type Places, type Standing, standings } from '../running/standing';
import { formatSeconds } from '../util/duration';
import type { StudyChoice } from './choice';

/** Where results, locks and submitted arrays of a choice are. */
export function placesOf({ folders: { results, runs, slurm } }: StudyChoice): Places {
  return { store: openStore(results), runs, slurm };
}

/** `36, 12 done, 3 running, 21 open` */
export function countsOf(found: readonly Standing[]): string {
  const states = ['done', 'running', 'pending', 'stopped', 'open'] as const;
  const counts = states.map((state) => [found.filter((s) => s.state === state).length, state] as const);
  return [found.length, ...counts.filter(([count]) => count > 0).map((words) => words.join(' '))].join(', ');
}

/**
 * A table of where experiments stand, with the time that each still takes, and the sums.
 * @throws UsageError if Slurm is needed and cannot be asked
 */
export function standingsTable(choice: StudyChoice, experiments: readonly Experiment[]): string {
  const places = placesOf(choice);
  const found = standings(experiments, places);
  const estimate = new Estimate(places.store, experiments);
  const left = found.map(({ experiment: e, state, step }) =>
    state === 'done' ? 0 : estimate.seconds([e]) * (1 - step / e.steps),
  );
  const rows = found.map(({ experiment: e, state, step, detail }, i) => ({
    id: experimentId(e),
    experiment: describeExperiment(e),
    results: state === 'done' ? 'done' : step > 0 ? `step ${step} of ${e.steps}` : 'not begun',
    left: state === 'done' ? '' : formatSeconds(left[i]),
    task: detail,
  }));
  return `${layOut(rows)}\n\nexperiments: ${countsOf(found)}; ${timeText(found, left)}`;
}

/** @param left seconds of each */
function timeText(found: readonly Standing[], left: readonly number[]): string {
  const all = left.reduce((sum, seconds) => sum + seconds, 0);
  const atOnce = found.filter(({ state }) => state === 'running').length;
  const text = `about ${formatSeconds(all)} of training left at most`;
  return atOnce > 1
    ? `${text}, ${formatSeconds(Math.max(all / atOnce, ...left))} with ${atOnce} at once`
    : text;
}
