import { convergenceOf, convergenceText, type Point } from '../../analysis/points';
import { reach } from '../../analysis/saturation';
import { compactCount, score } from '../parts/numbers';
import { familyTitles, imagesRange, imagesText } from '../parts/worth_wording';
import type { DrawnNetwork } from './saturation_traces';

/** What was found, for the title. */
export function finding(drawn: readonly DrawnNetwork[]): string {
  const level = `the S2CNN's ${score(drawn[0].level.score)} %`;
  const answered = drawn.flatMap(({ network, answer }) =>
    answer.answerable ? [{ network, images: answer.images }] : [],
  );
  if (answered.length > 0) {
    const { network, images } = answered.reduce((best, one) => (one.images < best.images ? one : best));
    return `${imagesText(images)} rotated images bring ${network} level with the S2CNN`;
  }
  const staysBelow = ({ answer, band, level }: DrawnNetwork) =>
    !answer.answerable &&
    answer.why === 'limit' &&
    (!('ranges' in band) || band.ranges[band.ranges.length - 1][1] < level.score);
  const short = drawn.filter(staysBelow);
  if (short.length === 0) return `what ${level} is worth cannot be told`;
  if (short.length === 1) return `${short[0].network} saturates below ${level}`;
  const all = drawn.length === 2 ? 'both' : `all ${drawn.length}`;
  const some = short.length < drawn.length ? `${short.length} of ${drawn.length}` : all;
  return `${some} CNNs saturate below ${level}`;
}

/** What a curve's label says below its name. */
export function curveLines({ fit, answer, interval }: DrawnNetwork): string[] {
  return [endLine(), answerLine()];

  function endLine(): string {
    if (fit.atBound) return `at its bound: ${fit.bounds[0]}`;
    return Number.isFinite(fit.limit) ? `tends to ${score(fit.limit)} %` : 'no limit seen';
  }

  function answerLine(): string {
    const { runs, unconverged } = fit.convergence;
    if (unconverged > 0) return `${unconverged} of ${runs} not converged`;
    if (!answer.answerable)
      return answer.why === 'beyond'
        ? `level beyond ${compactCount(reach * fit.span.last)}`
        : familyTitles[fit.family];
    const range = interval.given ? ` (${imagesRange(interval)})` : '';
    return `level at ${imagesText(answer.images)}${range}`;
  }
}

/** The lines below the title: who had converged, what the bands are, and why there are none. */
export function notes(drawn: readonly DrawnNetwork[], runs: readonly Point[], share: number): string[] {
  const convergence = convergenceOf([...drawn.flatMap(({ points }) => points), ...runs]);
  const text = convergenceText(convergence);
  const converged = convergence.unconverged > 0 ? `Hollow: ${text}` : text[0].toUpperCase() + text.slice(1);
  return [converged, ...bandNotes(drawn, share)];
}

/** "Bands, 90 %: scores drawn again about ... · Level: Student's t of 3 runs". */
function bandNotes(drawn: readonly DrawnNetwork[], share: number): string[] {
  const { interval } = drawn[0].level;
  const level = interval.given ? interval.meaning : `no band, ${interval.reason}`;
  const meanings = drawn.flatMap(({ band }) => ('meaning' in band ? [band.meaning] : []));
  const bands = meanings.length > 0 ? [`Bands, ${Math.round(100 * share)} %: ${meanings[0]}`] : [];
  const reasons = drawn.flatMap(({ network, band }) =>
    'reason' in band ? [`${network}: no band, ${band.reason}`] : [],
  );
  return [[...bands, `Level: ${level}`].join(' · '), ...reasons];
}
