import type { Task } from '../../datasets/task';
import type { PageNetwork, Payload } from '../payload';
import type { Place } from './arcball';
import { Column } from './column';
import { byId, element } from './element';
import { placeIn } from './handle';
import type { FromWorker, Subject } from './messages';
import type { Turn } from './turn';

type AnswerMessage = Extract<FromWorker, { kind: 'answer' }>;

/** The networks of a task, side by side. */
export class Columns {
  private readonly columns: Column[];
  /** of each network, the turn that its answer belongs to */
  private readonly answered = new Map<string, string>();

  /** @param tiltTo takes the place in a map that the visitor points at */
  constructor(
    { networks, bandwidth, missing }: Payload,
    readonly task: Task,
    tiltTo: (place: Place) => void,
  ) {
    this.columns = networks
      .filter((network) => network.task === task)
      .map((network) => new Column(network, bandwidth, mapCanvas(tiltTo)));
    byId('networks').replaceChildren(...this.columns.map(({ root }) => root));
    byId('missing').textContent = missing[task] ?? '';
    const shade =
      task === 'classification'
        ? 'Coloured where the answer is right, grey where it is wrong.'
        : 'The stronger the colour, the better the mask (IoU).';
    byId('legend').textContent =
      `Each disc shows all tilts of this image: in the middle it is upright, on the dashed circle tilted by 90°, at the rim on ` +
      `the other side of the sphere. ${shade} The dot is where it is now; click to go elsewhere.`;
  }

  clear(): void {
    this.answered.clear();
    for (const column of this.columns) column.clear();
  }

  renew(): void {
    for (const { map } of this.columns) map.renew();
  }

  mark(place: Place): void {
    for (const { map } of this.columns) map.mark(place);
  }

  survey(subject: Subject, first: number, scores: Record<string, number[]>): void {
    for (const column of this.columns) column.survey(subject, first, scores[column.network.name]);
  }

  show(subject: Subject, { network, turn, answer, upright }: AnswerMessage): void {
    this.answered.set(network, turn.join());
    this.columns.find((column) => column.network.name === network)!.show(subject, answer, upright);
  }

  /** Whether all answers to this turn are there. */
  isComplete(turn: Turn): boolean {
    return this.columns.every(({ network }) => this.answered.get(network.name) === turn.join());
  }

  /** The networks whose answer is right. */
  right(): PageNetwork[] {
    return this.columns.filter(({ isRight }) => isRight).map(({ network }) => network);
  }

  /** A sentence for each network. */
  spoken(): string[] {
    return this.columns.map(({ spoken }) => spoken);
  }

  /** The networks do not run here. */
  fail(why: string): void {
    byId('networks').replaceChildren(
      element('p', { className: 'failed', textContent: `The networks do not run in this browser: ${why}` }),
    );
  }
}

function mapCanvas(tiltTo: (place: Place) => void): HTMLCanvasElement {
  const canvas = element('canvas', { className: 'map', ariaHidden: 'true' });
  const point = (event: PointerEvent) => tiltTo(placeIn(canvas, event));
  canvas.onpointerdown = (event) => {
    canvas.setPointerCapture(event.pointerId);
    point(event);
  };
  canvas.onpointermove = (event) => {
    if (canvas.hasPointerCapture(event.pointerId)) point(event);
  };
  return canvas;
}
