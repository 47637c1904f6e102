import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { processorThreads } from '../src/engine/contract/processor';
import type { EngineReport } from '../src/engine/contract/report';
import { startEngine } from '../src/engine/start';
import { writeFileAtomic } from '../src/util/files';
import { cases } from './cases';
import { median } from './measure';

const header = 'row,name,shapes,provider,core,gflops,threads,one_ms,all_ms,gain,median_gain,device';

const ROUNDS = 5;

/** A turn: milliseconds of steps in which a new thread's code gets fast, then at least so many milliseconds and steps. */
const [WARM_UP, TURN, STEPS] = [1500, 300, 6];

const rows = 'A B C D E E2 F F2 H V W S8 S32 T8 T32 K8 K32 L8 L32 M8 M32 N8 N32'.split(' ');

/**
 * What further threads bring: steps on one thread and on all, by turns in one process, for a machine's speed changes from
 * minute to minute. Writes the fastest steps, their ratio, and the median of the rounds' ratios to threads.csv: what
 * else runs on the machine only slows a step.
 * @param letters of rows that replace those in the file; none for all
 */
export async function writeThreadGain(folder: string, letters: readonly string[]): Promise<void> {
  const all = processorThreads();
  const file = join(folder, 'threads.csv');
  const known = existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n').slice(1) : [];
  const lines = new Map(known.map((line) => [line.split(',')[0], line]));
  for (const letter of letters.length > 0 ? letters : rows) {
    await startOn(1);
    const { name, shapes, build } = cases.find((one) => one.letter === letter)!;
    const actions = build();
    const step = (actions.step ?? actions.forward)!;
    const fastest = new Map<number, number[]>([
      [1, []],
      [all, []],
    ]);
    for (let round = 0; round < ROUNDS; round++)
      for (const [threads, times] of fastest) {
        await startOn(threads);
        await fastestStep(step, WARM_UP, 1);
        times.push(await fastestStep(step, TURN, STEPS));
      }
    const { gemm, core, gflops, device } = await startOn(all);
    const [one, many] = [...fastest.values()];
    const [least, leastOfAll] = [one, many].map((times) => Math.min(...times));
    const ratios = one.map((time, round) => time / many[round]);
    const numbers = [least, leastOfAll, least / leastOfAll, median(ratios)].map((number) =>
      number.toFixed(2),
    );
    const fields = [
      letter,
      name,
      shapes,
      gemm,
      core ?? '',
      gflops?.toFixed(0) ?? '',
      all,
      ...numbers,
      device,
    ];
    lines.set(letter, fields.map((field) => String(field).replaceAll(',', ' ')).join(','));
    writeFileAtomic(file, [header, ...lines.values(), ''].join('\n'));
    console.log(
      `${letter} ${name}: ${numbers[0]} ms on one thread, ${numbers[1]} ms on ${all}: ${numbers[2]} times as fast (median ${numbers[3]})`,
    );
  }
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
