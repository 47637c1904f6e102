import { imageSize } from '../../datasets/digits';
import { type Task, tasks } from '../../datasets/task';
import type { Payload } from '../payload';
import { addressOf, type Place, readAddress } from './address';
import { rolled } from './arcball';
import { Ball } from './ball';
import { bytesOf } from './base64';
import { Chooser } from './chooser';
import { Client } from './client';
import { inkOf } from './colors';
import { Columns } from './columns';
import { byId } from './element';
import { GridPicture } from './grid_picture';
import { turnBy } from './handle';
import type { FromWorker, Subject } from './messages';
import { Question } from './question';
import { Sketch } from './sketch';
import { Spin } from './spin';
import { about, angleOf, partsOf, type Turn, turnOf, unit, upright } from './turn';
import { turnWords } from './words';

/** Milliseconds without a turn after which the survey, the address and the spoken words follow. */
const rest = 350;

/** A survey at another roll than this many radians away is a new one. */
const rollStep = Math.PI / 36;

/** The page: what it shows, and what its visitor may do. */
export class App {
  private readonly pixels: Uint8Array;
  private readonly ball = new Ball(byId<HTMLCanvasElement>('ball'), ballSize());
  private readonly grid: GridPicture;
  private readonly chooser: Chooser;
  private readonly client: Client;
  private readonly question: Question;
  private readonly spin = new Spin(byId('spin'), (change) => this.turn(change));
  private readonly sketch: Sketch;
  private columns!: Columns;
  private state: Place;
  private drawn: Uint8Array | null = null;
  private subject!: Subject;
  private drawings = 0;
  private frame = 0;
  private timer = 0;
  private isResting = false;
  /** roll of the current survey; null before there is one */
  private surveyed: number | null = null;

  constructor(
    private readonly payload: Payload,
    worker: string,
  ) {
    const { images, networks, bandwidth, wasm } = payload;
    this.pixels = new Uint8Array(bytesOf(images.pixels));
    this.state = this.readState();
    this.grid = new GridPicture(byId<HTMLCanvasElement>('grid'), bandwidth);
    this.chooser = new Chooser(byId('digits'), images.labels, this.pixels, (image) => this.choose({ image }));
    this.sketch = new Sketch(byId<HTMLCanvasElement>('paper'), (pixels) => {
      this.drawn = pixels;
      this.drawings++;
      this.choose({ image: null });
    });
    const shown = networks.filter(({ task }) => task === this.state.task);
    this.question = new Question(byId('question'), shown, angleOf(this.state.turn) < 0.01);
    this.client = new Client(worker, (message) => this.hear(message));
    this.listen();
    this.choose({});
    this.client.start(networks, wasm);
    byId('footer').textContent =
      `Images: ${images.licence}; ${images.rule}. The networks run in this page, on this machine. From equisphere, after ` +
      'Gerken et al., Equivariance versus Augmentation for Spherical Images, ICML 2022.';
  }

  private listen(): void {
    turnBy(byId<HTMLCanvasElement>('ball'), (change) => {
      this.spin.stop();
      this.turn(change);
    });
    const buttons: Record<string, (before: Turn) => Turn> = {
      upright: () => upright,
      'upside-down': () => about([1, 0, 0], Math.PI),
      random: randomTurn,
      'roll-left': (before) => rolled(before, 15),
      'roll-right': (before) => rolled(before, -15),
    };
    for (const [id, change] of Object.entries(buttons))
      byId(id).onclick = () => {
        this.spin.stop();
        this.turn(change);
      };
    byId('another').onclick = () => this.choose({ image: this.chooser.next(this.state.image ?? 0) });
    byId('clear').onclick = () => this.sketch.clear();
    for (const button of document.querySelectorAll<HTMLButtonElement>('[data-task]')) {
      const task = button.dataset.task as Task;
      button.hidden = !this.tasks().includes(task);
      button.onclick = () => this.choose({ task });
    }
    addEventListener('hashchange', () => {
      if (location.hash !== addressOf(this.state)) this.choose(this.readState());
    });
  }

  /** Another image, task or place; the answers begin anew. */
  private choose(change: Partial<Place>): void {
    const before: Task | undefined = this.columns?.task;
    this.state = { ...this.state, ...change };
    const { image, task } = this.state;
    const area = imageSize ** 2;
    const key = `${task} ${image ?? `drawn ${this.drawings}`}`;
    const pixels = image === null ? this.drawn! : this.pixels.slice(image * area, (image + 1) * area);
    const label = image === null ? null : this.payload.images.labels[image];
    this.subject = { key, task, pixels, label };
    if (task !== before) this.columns = new Columns(this.payload, task, (place) => this.tiltTo(place));
    this.columns.clear();
    this.client.stopSurvey();
    this.surveyed = null;
    this.chooser.mark(image);
    for (const button of document.querySelectorAll<HTMLButtonElement>('[data-task]'))
      button.ariaPressed = String(button.dataset.task === task);
    this.turn((turn) => turn);
  }

  private turn(change: (before: Turn) => Turn): void {
    this.state.turn = change(this.state.turn);
    this.frame ||= requestAnimationFrame(() => this.draw());
    this.isResting = false;
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => this.settle(), rest);
  }

  private tiltTo([right, up]: readonly [number, number]): void {
    this.spin.stop();
    const roll = this.surveyed ?? partsOf(this.state.turn).roll;
    this.turn(() => turnOf(right, up, roll));
  }

  private draw(): void {
    this.frame = 0;
    const { subject } = this;
    const { turn, task } = this.state;
    this.ball.draw(subject.pixels, turn, inkOf(task, subject.label));
    this.grid.draw(subject.pixels, turn);
    const { right, up } = partsOf(turn);
    this.columns.mark([right, up]);
    byId('readout').textContent = turnWords(turn);
    this.client.ask(subject, turn);
  }

  /** What follows when the sphere rests. */
  private settle(): void {
    const { turn } = this.state;
    const { roll, tilt } = partsOf(turn);
    const isOver = tilt > Math.PI - 0.02; // there a roll is as good as another tilt
    if (this.surveyed === null || (!isOver && Math.abs(roll - this.surveyed) > rollStep)) {
      if (this.surveyed !== null) this.columns.renew();
      this.surveyed = isOver ? 0 : roll;
      this.client.survey(this.subject, this.surveyed);
    }
    this.isResting = true;
    byId('ball').ariaLabel = `${this.sentence()} Turn it with the arrow keys, roll it with Q and E.`;
    this.announce();
    try {
      history.replaceState(null, '', addressOf(this.state));
    } catch {
      // a browser that lets pages from a disk have no addresses of their own
    }
  }

  private hear(message: FromWorker): void {
    if (message.kind === 'failed') this.columns.fail(message.message);
    else if (message.kind === 'surveyed') this.columns.survey(this.subject, message.first, message.scores);
    else if (message.kind === 'answer' && message.key === this.subject.key) {
      this.columns.show(this.subject, message);
      const isLast = this.columns.isComplete(message.turn);
      if (isLast && angleOf(message.turn) > Math.PI / 2) this.question.turnedOver(this.columns.right());
      this.announce();
    }
  }

  /** Says the answers to where the sphere rests, once they are all there. */
  private announce(): void {
    if (!this.isResting || !this.columns.isComplete(this.state.turn)) return;
    byId('spoken').textContent = [this.sentence(), ...this.columns.spoken()].join(' ');
  }

  private sentence(): string {
    const what = this.subject.label === null ? 'Your digit' : `A ${this.subject.label}`;
    return `${what}, ${turnWords(this.state.turn, ' degrees')}.`;
  }

  private tasks(): Task[] {
    return tasks.filter((task) => this.payload.networks.some((network) => network.task === task));
  }

  private readState(): Place {
    const { labels } = this.payload.images;
    const first = labels.indexOf(2); // upside down a 2 is no digit, as a 0 or an 8 would be
    return readAddress(location.hash, labels.length, this.tasks(), Math.max(0, first));
  }
}

/** Uniform among all rotations (K. Shoemake, "Uniform random rotations", 1992). */
function randomTurn(): Turn {
  const normal = () => Math.sqrt(-2 * Math.log(1 - Math.random())) * Math.cos(2 * Math.PI * Math.random());
  return unit([normal(), normal(), normal(), normal()]);
}

/** Pixels of the ball's picture: sharp, but not more than can be drawn at once. */
function ballSize(): number {
  const { clientWidth } = byId('ball');
  return Math.round(Math.min(600, clientWidth * Math.min(devicePixelRatio, 2)));
}
