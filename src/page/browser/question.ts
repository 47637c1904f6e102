import type { PageNetwork } from '../payload';
import { element } from './element';
import { familyName, trainingWords } from './words';

const key = 'turn-the-digit: asked';

/** The question of the first visit. */
export class Question {
  private guess: PageNetwork | null = null;
  private isOpen: boolean;

  /** @param isWanted not where the address already shows a turned digit */
  constructor(
    private readonly place: HTMLElement,
    networks: readonly PageNetwork[],
    isWanted: boolean,
  ) {
    this.isOpen = isWanted && networks.length > 1 && !wasAsked();
    if (!this.isOpen) return;
    const choices = networks.map((network) =>
      element('button', {
        type: 'button',
        textContent: `${familyName(network)}, ${trainingWords(network)}`,
        onclick: () => this.take(network),
      }),
    );
    const asked = 'Which network will still know the digit upside down?';
    this.show(element('p', { className: 'asked', textContent: asked }), ...choices);
  }

  /** The sphere is turned past 90 degrees: the guess, if there is one, is held against what the networks say. */
  turnedOver(right: readonly PageNetwork[]): void {
    const { guess } = this;
    if (!this.isOpen || !guess) return;
    this.isOpen = false;
    remember();
    const name = `${familyName(guess)} ${trainingWords(guess)}`;
    const outcome = right.includes(guess) ? 'It still knows the digit.' : 'It no longer knows the digit.';
    this.show(element('p', { className: 'asked', textContent: `You said: the ${name}. ${outcome}` }));
  }

  private take(network: PageNetwork): void {
    this.guess = network;
    const name = `${familyName(network)} ${trainingWords(network)}`;
    this.show(element('p', { className: 'asked', textContent: `You say: the ${name}. Now turn it over.` }));
  }

  private show(...content: Node[]): void {
    this.place.replaceChildren(element('div', { className: 'question' }, ...content));
  }
}

/** Browsers may keep nothing for pages from a disk. */
function wasAsked(): boolean {
  try {
    return localStorage.getItem(key) !== null;
  } catch {
    return false;
  }
}

function remember(): void {
  try {
    localStorage.setItem(key, 'yes');
  } catch {
    // asked again at the next visit
  }
}
