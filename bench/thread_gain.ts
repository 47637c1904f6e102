import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { processorThreads } from '../src/engine/contract/processor';
import type { EngineReport } from '../src/engine/contract/report';
import { startEngine } from '../src/engine/start';
import { writeFileAtomic } from '../src/util/files';
import { type Case, cases } from './cases';
import { median } from './measure';

const header = 'row,name,shapes,provider,core,gflops,threads,one_ms,all_ms,gain,median_gain,device';

const ROUNDS = 5;

/** A turn: milliseconds of steps in which a new thread's code gets fast, then at least so many milliseconds and steps. */
const [WARM_UP, TURN, STEPS] = [1500, 300, 6];

const rows = 'A B C D E E2 F F2 H V W S8 S32 T8 T32 K8 K32 L8 L32 M8 M32 N8 N32'.split(' ');

/** A row's fastest steps of each turn, in milliseconds. */
interface Measured extends Pick<Case, 'letter' | 'name' | 'shapes'> {
  step: () => Promise<void>;
  one: number[];
  all: number[];
}

/**
 * What further threads bring: steps on one thread and on all, by turns in one process, all rows in each round, for a
 * machine's speed changes from minute to minute. Writes the fastest steps, their ratio, and the median of the rounds'
 * ratios to threads.csv: what else runs on the machine only slows a step.
 * @param letters of rows that replace those in the file; none for all
 */
export async function writeThreadGain(folder: string, letters: readonly string[]): Promise<void> {
  const threads = processorThreads();
  await startOn(1);
  const measured = (letters.length > 0 ? letters : rows).map(prepared);
  const file = join(folder, 'threads.csv');
  const known = existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n').slice(1) : [];
  const lines = new Map(known.map((line) => [line.split(',')[0], line]));
  for (let round = 1; round <= ROUNDS; round++) {
    for (const row of measured) {
      row.one.push(await turn(row, 1));
      row.all.push(await turn(row, threads));
      const [one, all] = [row.one, row.all].map((times) => times[round - 1].toFixed(2));
      console.log(`round ${round} of ${ROUNDS}, ${row.letter} ${row.name}: ${one} ms, ${all} ms`);
    }
    const report = await startOn(threads);
    for (const row of measured) lines.set(row.letter, lineOf(row, report));
    writeFileAtomic(file, [header, ...lines.values(), ''].join('\n'));
  }
  for (const row of measured) console.log(`${row.letter} ${row.name}: ${numbersOf(row).join(', ')}`);
  console.log('milliseconds on one thread and on all, their ratio, and the median of the rounds’ ratios');
}

function prepared(letter: string): Measured {
  const { name, shapes, build } = cases.find((one) => one.letter === letter)!;
  const actions = build();
  return { letter, name, shapes, step: (actions.step ?? actions.forward)!, one: [], all: [] };
}

async function turn({ step }: Measured, threads: number): Promise<number> {
  await startOn(threads);
  await fastestStep(step, WARM_UP, 1);
  return fastestStep(step, TURN, STEPS);
}

/** The fastest steps on one thread and on all, their ratio, and the median of the rounds' ratios. */
function numbersOf({ one, all }: Measured): string[] {
  const [least, leastOfAll] = [one, all].map((times) => Math.min(...times));
  const gains = [least / leastOfAll, median(one.map((time, round) => time / all[round]))];
  return [least, leastOfAll, ...gains].map((number) => number.toFixed(2));
}

function lineOf(row: Measured, report: EngineReport): string {
  const { letter, name, shapes } = row;
  const { gemm, core, gflops, threads, device } = report;
  const fields = [
    letter,
    name,
    shapes,
    gemm,
    core ?? '',
    gflops?.toFixed(0) ?? '',
    threads,
    ...numbersOf(row),
    device,
  ];
  return fields.map((field) => String(field).replaceAll(',', ' ')).join(',');
}

/** @throws Error if the engine takes fewer threads */
async function startOn(threads: number): Promise<EngineReport> {
  const report = await startEngine({ engine: 'wasm', threads });
  if (report.threads === threads) return report;
  throw new Error(`${report.threads} threads run, not ${threads}: ${JSON.stringify(report.reasons)}`);
}

/** Of those that begin within a time, and of so many at least. */
async function fastestStep(step: () => Promise<void>, milliseconds: number, count: number): Promise<number> {
  let least = Number.POSITIVE_INFINITY;
  const start = performance.now();
  for (let i = 0; i < count || performance.now() - start < milliseconds; i++) {
    const before = performance.now();
    await step();
    least = Math.min(least, performance.now() - before);
  }
  return least;
}
