import { multiply } from '../../math/rotation';
import { matrixOf, type Turn } from './turn';

type Vector = readonly [number, number, number];

const circle = Array.from({ length: 97 }, (_, i) => (2 * Math.PI * i) / 96);

/** Circles about the image's axis and meridians through it, every 30 degrees, as points of the unturned sphere. */
const lines: Vector[][] = [
  ...[30, 60, 90, 120, 150].map((degrees) => {
    const beta = (Math.PI * degrees) / 180;
    return circle.map(
      (a): Vector => [Math.sin(beta) * Math.cos(a), Math.sin(beta) * Math.sin(a), -Math.cos(beta)],
    );
  }),
  ...[0, 30, 60, 90, 120, 150].map((degrees) => {
    const alpha = (Math.PI * degrees) / 180;
    return circle.map(
      (b): Vector => [Math.sin(b) * Math.cos(alpha), Math.sin(b) * Math.sin(alpha), -Math.cos(b)],
    );
  }),
];

/** From points of the sphere to the screen: right, up, towards the visitor. */
const toScreen = Float64Array.of(0, 1, 0, -1, 0, 0, 0, 0, -1);

/** Draws lines that turn with the image: dark in front, faint behind. */
export function drawGraticule(context: CanvasRenderingContext2D, size: number, turn: Turn): void {
  const m = multiply(toScreen, matrixOf(turn));
  const half = size / 2;
  for (const inFront of [false, true]) {
    context.beginPath();
    for (const line of lines) {
      let isDown = false;
      for (const [x, y, z] of line) {
        const isHere = m[6] * x + m[7] * y + m[8] * z >= 0 === inFront;
        const [u, v] = [m[0] * x + m[1] * y + m[2] * z, m[3] * x + m[4] * y + m[5] * z];
        if (isHere && isDown) context.lineTo(half * (1 + u), half * (1 - v));
        else if (isHere) context.moveTo(half * (1 + u), half * (1 - v));
        isDown = isHere;
      }
    }
    context.strokeStyle = inFront ? 'rgba(40, 60, 90, 0.2)' : 'rgba(40, 60, 90, 0.08)';
    context.lineWidth = size / 420;
    context.stroke();
  }
}
