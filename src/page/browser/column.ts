import type { PageNetwork } from '../payload';
import { maskOf, probabilitiesOf } from './answers';
import { networkColors } from './colors';
import { element } from './element';
import { MaskBall } from './mask_ball';
import type { Answer, Subject } from './messages';
import { TiltMap } from './tilt_map';
import { cardWords, familyName, percent, shareWords, trainingWords, verdictOf } from './words';

/** One network on the page: who it is, what it says now, and how it does over all tilts. */
export class Column {
  readonly root: HTMLElement;
  readonly map: TiltMap;
  /** the current answer in a sentence */
  spoken = '';
  isRight = false;
  private readonly digit = element('span', { className: 'digit', textContent: '…' });
  private readonly mark = element('span', { className: 'mark' });
  private readonly words = element('span');
  private readonly share = element('p', { className: 'share' });
  private readonly bars: HTMLElement[];
  private readonly mask: MaskBall | null = null;

  constructor(
    readonly network: PageNetwork,
    bandwidth: number,
    canvas: HTMLCanvasElement,
  ) {
    const { color, text } = networkColors(network);
    const name = familyName(network);
    this.map = new TiltMap(canvas, color);
    this.bars = Array.from({ length: 10 }, (_, i) =>
      element('div', {}, element('i'), element('span', { textContent: String(i) })),
    );
    const picture = network.task === 'segmentation' ? element('canvas', { className: 'mask' }) : null;
    if (picture) this.mask = new MaskBall(picture, 2 * bandwidth);
    const says = element('p', {}, this.mark, element('br'), this.words);
    this.root = element(
      'article',
      { className: 'network' },
      element('h2', { textContent: name }),
      element(
        'p',
        { className: 'trained' },
        trainingWords(network),
        element('small', { textContent: cardWords(network) }),
      ),
      element(
        'div',
        { className: 'now' },
        element('div', { className: 'says' }, this.digit, says),
        picture ?? element('div', { className: 'bars', ariaHidden: 'true' }, ...this.bars),
      ),
      element(
        'div',
        { className: 'over' },
        element('h3', { textContent: 'Over all tilts' }),
        canvas,
        this.share,
      ),
    );
    this.root.style.setProperty('--color', color);
    this.root.style.setProperty('--text', text);
  }

  /** Shows an answer. */
  show(subject: Subject, answer: Answer, upright: Answer): void {
    const { isRight, text } = verdictOf(subject, answer, upright);
    this.isRight = isRight;
    const isDrawn = subject.label === null;
    const judged = isDrawn ? (isRight ? 'as upright' : 'not as upright') : isRight ? 'right' : 'wrong';
    this.root.classList.toggle('right', isRight);
    this.root.classList.toggle('wrong', !isRight);
    this.digit.textContent = answer.said === null ? '–' : String(answer.said);
    this.mark.textContent = `${isRight ? '✓' : '✗'} ${judged}`;
    this.words.textContent = text;
    this.spoken = `${familyName(this.network)} ${trainingWords(this.network)}: ${answer.said ?? 'no digit'}, ${judged}.`;
    if (this.mask) this.mask.draw(maskOf(answer.logits));
    else this.showBars(probabilitiesOf(answer.logits), subject.label);
  }

  /** Takes in scores of a survey. */
  survey(subject: Subject, first: number, scores: readonly number[]): void {
    this.map.add(first, scores);
    const { known, mean } = this.map;
    this.share.replaceChildren(
      element('b', { textContent: percent(mean) }),
      ` ${shareWords(subject.task, subject.label === null)}`,
    );
    this.share.title = `${known} tilts`;
  }

  /** Forgets the survey. */
  clear(): void {
    this.map.clear();
    this.share.replaceChildren('…');
  }

  private showBars(probabilities: readonly number[], label: number | null): void {
    this.bars.forEach((bar, i) => {
      bar.classList.toggle('truth', i === label);
      (bar.firstElementChild as HTMLElement).style.transform = `scaleY(${probabilities[i].toFixed(3)})`;
    });
  }
}
