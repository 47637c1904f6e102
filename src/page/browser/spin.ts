import { about, compose, type Turn } from './turn';

/** Degrees a second, about an axis that brings all sides to the front. */
const speed = 30;
const axis = [1, 0.55, 0.25] as const;

/** Keeps turning; where motion is not wanted, one step of 30 degrees at each start. */
export class Spin {
  private frame = 0;
  private last = 0;

  constructor(
    private readonly button: HTMLElement,
    private readonly turn: (change: (before: Turn) => Turn) => void,
  ) {
    button.onclick = () => (this.frame ? this.stop() : this.start());
  }

  stop(): void {
    cancelAnimationFrame(this.frame);
    this.frame = 0;
    this.button.ariaPressed = 'false';
  }

  private start(): void {
    if (matchMedia('(prefers-reduced-motion: reduce)').matches) {
      this.by(30);
      return;
    }
    this.button.ariaPressed = 'true';
    this.last = performance.now();
    this.frame = requestAnimationFrame(() => this.goOn());
  }

  private goOn(): void {
    const now = performance.now();
    this.by((speed * Math.min(now - this.last, 100)) / 1000);
    this.last = now;
    if (this.frame) this.frame = requestAnimationFrame(() => this.goOn());
  }

  private by(degrees: number): void {
    this.turn((before) => compose(about(axis, (Math.PI * degrees) / 180), before));
  }
}
