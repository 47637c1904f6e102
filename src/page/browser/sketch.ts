import { imageSize } from '../../datasets/digits';
import type { Polyline } from '../../datasets/pen';
import { boxSize, write } from '../../datasets/writing';

/** A pen like those of MNIST's writers, in pixels. */
const pen = { radius: 1.5, soft: 1.6, pressure: 0, phase: 0 };

/** Lets the visitor draw a digit; it is written into an image as MNIST's are. */
export class Sketch {
  private strokes: Polyline[] = [];
  private readonly context: CanvasRenderingContext2D;

  /** @param onDrawn takes the image, [28, 28] */
  constructor(
    private readonly canvas: HTMLCanvasElement,
    private readonly onDrawn: (pixels: Uint8Array) => void,
  ) {
    this.context = canvas.getContext('2d')!;
    canvas.onpointerdown = (event) => {
      canvas.setPointerCapture(event.pointerId);
      this.strokes.push({ x: [], y: [] });
      this.goOn(event);
    };
    canvas.onpointermove = (event) => {
      if (canvas.hasPointerCapture(event.pointerId)) this.goOn(event);
    };
    canvas.onpointerup = canvas.onpointercancel = () => this.finish();
  }

  clear(): void {
    this.strokes = [];
    this.context.clearRect(0, 0, this.canvas.width, this.canvas.height);
  }

  private goOn({ offsetX, offsetY }: PointerEvent): void {
    const scale = this.canvas.width / this.canvas.clientWidth;
    const { x, y } = this.strokes[this.strokes.length - 1];
    x.push(offsetX * scale);
    y.push(offsetY * scale);
    const { context } = this;
    context.lineWidth = 14;
    context.lineCap = 'round';
    context.lineJoin = 'round';
    context.beginPath();
    for (let i = 0; i < x.length; i++) context.lineTo(x[i], y[i]);
    context.stroke();
  }

  private finish(): void {
    const strokes = this.strokes
      .filter(({ x }) => x.length > 1)
      .map(({ x, y }) => ({ x: [...x], y: [...y] }));
    if (strokes.length === 0) return;
    const ink = new Float32Array(imageSize ** 2);
    write(ink, strokes, pen, boxSize);
    this.onDrawn(Uint8Array.from(ink, (value) => Math.round(255 * value)));
  }
}
