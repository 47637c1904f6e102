import { dragged, type Place, rolled, turnOfKey } from './arcball';
import { compose, type Turn } from './turn';

/** Lets pointer, wheel and keyboard turn what a round canvas shows. @param turn is given each further turn */
export function turnBy(canvas: HTMLCanvasElement, turn: (change: (before: Turn) => Turn) => void): void {
  let last: Place | null = null;
  canvas.addEventListener('pointerdown', (event) => {
    canvas.setPointerCapture(event.pointerId);
    last = placeIn(canvas, event);
  });
  canvas.addEventListener('pointermove', (event) => {
    if (!last) return;
    const here = placeIn(canvas, event);
    const step = dragged(last, here);
    last = here;
    turn((before) => compose(step, before));
  });
  for (const end of ['pointerup', 'pointercancel'])
    canvas.addEventListener(end, () => {
      last = null;
    });
  canvas.addEventListener(
    'wheel',
    (event) => {
      event.preventDefault();
      turn((before) => rolled(before, -Math.sign(event.deltaY) * 3));
    },
    { passive: false },
  );
  canvas.addEventListener('keydown', (event) => {
    const step =
      event.ctrlKey || event.metaKey || event.altKey ? undefined : turnOfKey(event.key, event.shiftKey);
    if (!step) return;
    event.preventDefault();
    turn((before) => compose(step, before));
  });
}

/** Where an event lies in a round picture: to the right and up, 1 at the rim. */
export function placeIn(canvas: HTMLElement, { clientX, clientY }: MouseEvent): Place {
  const { left, top, width, height } = canvas.getBoundingClientRect();
  return [(2 * (clientX - left)) / width - 1, 1 - (2 * (clientY - top)) / height];
}
