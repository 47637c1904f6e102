/** Answers questions on a thread of its own; see messages.ts. */
import { gridSize } from '../../models/network';
import { answerOf } from './answers';
import { startBrowserEngine } from './engine';
import type { Answer, FromWorker, Subject, ToWorker } from './messages';
import { type ReadyNetwork, readyNetwork } from './networks';
import { Spheres } from './spheres';
import { tiltPlace } from './tilts';
import { type Turn, turnOf, upright } from './turn';

/** What a worker sees of itself. */
interface Scope {
  onmessage: (event: { data: ToWorker }) => void;
  postMessage(message: FromWorker): void;
}

type Question = Extract<ToWorker, { kind: 'ask' }>;
type Survey = Extract<ToWorker, { kind: 'survey' }> & { done: number };

const scope = globalThis as unknown as Scope;

/** Tilts of a survey, and how many are computed at once: a question waits no longer. */
const surveySize = { classification: 640, segmentation: 160 };
const surveyBatch = { classification: 16, segmentation: 1 };

let networks: ReadyNetwork[] = [];
let spheres: Spheres;
let question: Question | null = null;
let survey: Survey | null = null;
let isAtWork = false;
const uprightAnswers = new Map<string, { key: string; answer: Answer }>();

scope.onmessage = ({ data: message }) => {
  if (message.kind === 'ask') question = message;
  else if (message.kind === 'survey') survey = { ...message, done: 0 };
  else if (message.kind === 'stop survey') survey = null;
  void workOn(message.kind === 'start' ? () => start(message) : undefined);
};

/** Works as long as there is something to do; one batch at a time. */
async function workOn(first?: () => Promise<void>): Promise<void> {
  if (isAtWork) return;
  isAtWork = true;
  try {
    await first?.();
    while (question || survey) {
      await nextStep();
      await new Promise((resolve) => setTimeout(resolve)); // newer messages come in
    }
  } catch (error) {
    scope.postMessage({ kind: 'failed', message: (error as Error).message });
  } finally {
    isAtWork = false;
  }
}

async function start({ networks: all, wasm }: Extract<ToWorker, { kind: 'start' }>): Promise<void> {
  const backend = await startBrowserEngine(wasm);
  networks = all.map(readyNetwork);
  spheres = new Spheres(gridSize(all[0].network) / 2);
  scope.postMessage({ kind: 'ready', backend });
}

async function nextStep(): Promise<void> {
  if (networks.length === 0) return;
  if (question) {
    const { subject, turn } = question;
    question = null;
    await answer(subject, turn);
  } else if (survey) await goOn(survey);
}

async function answer(subject: Subject, turn: Turn): Promise<void> {
  for (const network of networksOf(subject)) {
    const { name } = network.about;
    const known = uprightAnswers.get(name);
    const isKnown = known?.key === subject.key;
    const answers = await answersTo(network, subject, isKnown ? [turn] : [turn, upright]);
    if (!isKnown) uprightAnswers.set(name, { key: subject.key, answer: answers[1] });
    const { answer } = uprightAnswers.get(name)!;
    scope.postMessage({
      kind: 'answer',
      key: subject.key,
      turn,
      network: name,
      answer: answers[0],
      upright: answer,
    });
  }
}

async function goOn(current: Survey): Promise<void> {
  const { id, subject, roll, done: first } = current;
  const { task } = subject;
  const places = Array.from({ length: surveyBatch[task] }, (_, i) => tiltPlace(first + i));
  const turns = places.map(([right, up]) => turnOf(right, up, roll));
  const scores: Record<string, number[]> = {};
  for (const network of networksOf(subject)) {
    const answers = await answersTo(network, { ...subject, label: truthOf(network, subject) }, turns);
    scores[network.about.name] = answers.map(({ score }) => score);
  }
  current.done += turns.length;
  if (current === survey && current.done >= surveySize[task]) survey = null;
  scope.postMessage({ kind: 'surveyed', id, first, scores });
}

/** What a network should say. Of a digit that the visitor drew nothing but its own answer upright is known. */
function truthOf({ about }: ReadyNetwork, { key, task, label }: Subject): number | null {
  const known = uprightAnswers.get(about.name);
  return task === 'classification' && label === null && known?.key === key ? known.answer.said : label;
}

/** CNNs first: they answer sooner. */
function networksOf({ task }: Subject): ReadyNetwork[] {
  const isSlow = ({ about }: ReadyNetwork) => Number(about.network.family === 's2cnn');
  return networks.filter(({ about }) => about.task === task).sort((a, b) => isSlow(a) - isSlow(b));
}

async function answersTo(
  { logits }: ReadyNetwork,
  subject: Subject,
  turns: readonly Turn[],
): Promise<Answer[]> {
  const { task, pixels, label } = subject;
  const taken = spheres.take(pixels, turns);
  const all = await logits(
    Float32Array.from(taken, (value) => value / 255),
    turns.length,
  );
  const [size, points] = [all.length / turns.length, taken.length / turns.length];
  return turns.map((_, i) =>
    answerOf(task, all.slice(i * size, (i + 1) * size), taken.subarray(i * points, (i + 1) * points), label),
  );
}
