/*
 * Measures training and inference on the WASM engine and writes bench/results.csv.
 *   npm run bench                 all rows, OpenBLAS if there is one
 *   npm run bench -- D E          some rows
 *   npm run bench -- --compare    what is slower than bench/results.csv, which is left alone
 * Times also in units of one 1024^3 float32 product by the same provider, so that rows compare across machines.
 */
import { existsSync, readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { wasmHeap } from '../src/engine/heap';
import { formatReport } from '../src/engine/report';
import { startEngine } from '../src/engine/start';
import { writeFileAtomic } from '../src/util/files';
import { cases } from './cases';
import { measure, type Timing } from './measure';

const file = join(__dirname, 'results.csv');
const columns = [
  'name',
  'provider',
  'threads',
  'shapes',
  'forward_ms',
  'forward_min_ms',
  'step_ms',
  'step_min_ms',
];
const header = [...columns, 'step_in_gemms', 'peak_mb', 'processor'].join(',');

async function main(): Promise<void> {
  const words = process.argv.slice(2);
  const report = await startEngine({ engine: 'wasm' });
  const { gemm } = wasmHeap();
  const unit = await gemmTime();
  console.log(
    `${formatReport(report)}\n1024^3 product: ${unit.toFixed(1)} ms, ${((2 * 1.024 ** 3 * 1000) / unit) | 0} GFLOP/s\n`,
  );
  const letters = words.filter((word) => !word.startsWith('-'));
  const rows: string[][] = [];
  for (const { name, shapes, run } of cases) {
    if (letters.length > 0 && !letters.includes(name.split(' ')[0])) continue;
    const { forward, step } = await run();
    const timing = step ?? forward!;
    const peak = process.resourceUsage().maxRSS / 1024;
    rows.push([
      name,
      gemm.provider,
      String(gemm.threads),
      `"${shapes}"`,
      ...numbers(forward),
      ...numbers(step),
      (timing.median / unit).toFixed(1),
      peak.toFixed(0),
      cpus()[0].model.replaceAll(',', ' ').trim(),
    ]);
    console.log(
      `${name}: forward ${numbers(forward)[0] || '-'} ms, step ${numbers(step)[0] || '-'} ms, ${peak.toFixed(0)} MB`,
    );
  }
  if (words.includes('--compare')) compare(rows);
  else writeFileAtomic(file, `${[header, ...rows.map((row) => row.join(','))].join('\n')}\n`);
}

/** Milliseconds of one 1024^3 product. */
async function gemmTime(): Promise<number> {
  const heap = wasmHeap();
  const [a, b, c] = [0, 1, 2].map(() => tf.randomNormal([1024, 1024], 0, 1, 'float32', 1));
  const [pa, pb, pc] = [a, b, c].map((t) => heap.pointer(t));
  const timing = await measure(
    () => heap.gemm.sgemm(false, false, 1024, 1024, 1024, 1, pa, 1024, pb, 1024, 0, pc, 1024),
    1,
  );
  tf.dispose([a, b, c]);
  return timing.minimum;
}

function numbers(timing: Timing | undefined): [string, string] {
  return timing ? [timing.median.toFixed(1), timing.minimum.toFixed(1)] : ['', ''];
}

/** Prints the rows whose time in units of the product grew by a tenth or more. */
function compare(rows: string[][]): void {
  if (!existsSync(file))
    throw new Error(`nothing to compare with: ${file} is not there; run npm run bench first`);
  const gemms = (row: string[]) => Number(row[row.length - 3]);
  const known = new Map(
    readFileSync(file, 'utf8')
      .split('\n')
      .slice(1)
      .map((line) => [line.split(',')[0], gemms(line.split(','))] as const),
  );
  const slower = rows.filter((row) => gemms(row) > 1.1 * (known.get(row[0]) ?? Number.POSITIVE_INFINITY));
  for (const row of slower) console.log(`slower: ${row[0]}, ${known.get(row[0])} to ${gemms(row)} products`);
  if (slower.length === 0) console.log('nothing got slower');
}

main().catch((error: Error) => {
  console.error(error.message);
  process.exit(1);
});
