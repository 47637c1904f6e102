import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { processorThreads } from '../src/engine/contract/processor';
import { startEngine } from '../src/engine/start';
import { writeFileAtomic } from '../src/util/files';
import { cases } from './cases';
import { median } from './measure';

const header = 'row,name,shapes,provider,core,gflops,threads,one_ms,all_ms,gain,device';

const ROUNDS = 8;

/** Milliseconds of steps with one number of threads before the other's turn, after some in which new threads' code gets fast. */
const [WARM_UP, TURN] = [1500, 300];

const rows = 'A B C D E E2 F F2 H V W S8 S32 T8 T32 K8 K32 L8 L32 M8 M32 N8 N32'.split(' ');

/**
 * What further threads bring: steps on one thread and on all, by turns in one process, for a machine's speed changes from
 * minute to minute. Writes the medians of all turns' fastest steps, and their ratio, to threads.csv.
 * @param letters of rows that replace those in the file; none for all
 */
export async function writeThreadGain(folder: string, letters: readonly string[]): Promise<void> {
  const all = processorThreads();
  const file = join(folder, 'threads.csv');
  const known = existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n').slice(1) : [];
  const lines = new Map(known.map((line) => [line.split(',')[0], line]));
  for (const letter of letters.length > 0 ? letters : rows) {
    await startEngine({ engine: 'wasm', threads: 1 });
    const { name, shapes, build } = cases.find((one) => one.letter === letter)!;
    const actions = build();
    const step = (actions.step ?? actions.forward)!;
    const fastest = new Map<number, number[]>([
      [1, []],
      [all, []],
    ]);
    for (let round = 0; round < ROUNDS; round++)
      for (const [threads, times] of fastest) {
        await startEngine({ engine: 'wasm', threads });
        await fastestStep(step, WARM_UP);
        times.push(await fastestStep(step, TURN));
      }
    const { gemm, core, gflops, device } = await startEngine({ engine: 'wasm', threads: all });
    const [one, many] = [...fastest.values()].map(median);
    const numbers = [one, many, one / many].map((number) => number.toFixed(2));
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
      `${letter} ${name}: ${numbers[0]} ms on one thread, ${numbers[1]} ms on ${all}: ${numbers[2]} times as fast`,
    );
  }
}

/** Of all that begin within a time. */
async function fastestStep(step: () => Promise<void>, milliseconds: number): Promise<number> {
  let least = Number.POSITIVE_INFINITY;
  const start = performance.now();
  while (performance.now() - start < milliseconds) {
    const before = performance.now();
    await step();
    least = Math.min(least, performance.now() - before);
  }
  return least;
}
