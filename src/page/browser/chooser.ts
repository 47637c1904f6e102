import { imageSize } from '../../datasets/digits';
import { element } from './element';
import { paintInk } from './grid_picture';

/** A button for each digit; pressed again it takes the next image of its kind. */
export class Chooser {
  private readonly buttons: HTMLButtonElement[];
  /** of each digit, the number of the image that its button shows */
  private readonly shown: number[];

  /**
   * @param labels of the images
   * @param pixels [n, 28, 28]
   * @param choose is called with the number of an image
   */
  constructor(
    place: HTMLElement,
    private readonly labels: readonly number[],
    private readonly pixels: Uint8Array,
    private readonly choose: (image: number) => void,
  ) {
    const digits = [...new Set(labels)].sort((a, b) => a - b);
    this.shown = digits.map((digit) => labels.indexOf(digit));
    this.buttons = digits.map((digit, i) =>
      element(
        'button',
        { type: 'button', title: `a ${digit}`, ariaLabel: `Digit ${digit}`, onclick: () => this.press(i) },
        element('canvas', { width: imageSize, height: imageSize }),
      ),
    );
    place.append(...this.buttons);
    for (const i of digits.keys()) this.paint(i);
  }

  /** Marks an image as the chosen one; null for none. */
  mark(image: number | null): void {
    this.buttons.forEach((button, i) => {
      const isChosen = image !== null && this.labels[this.shown[i]] === this.labels[image];
      button.ariaPressed = String(isChosen);
      if (!isChosen) return;
      this.shown[i] = image;
      this.paint(i);
    });
  }

  /** The next image of the same digit. */
  next(image: number): number {
    const same = this.labels.flatMap((label, i) => (label === this.labels[image] ? [i] : []));
    return same[(same.indexOf(image) + 1) % same.length];
  }

  private press(i: number): void {
    const image = this.shown[i];
    this.choose(this.buttons[i].ariaPressed === 'true' ? this.next(image) : image);
  }

  private paint(i: number): void {
    const context = this.buttons[i].querySelector('canvas')!.getContext('2d')!;
    const area = imageSize ** 2;
    paintInk(context, this.pixels.subarray(this.shown[i] * area, (this.shown[i] + 1) * area), imageSize);
  }
}
