/* The table of speeds: see `help` below. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { processorThreads } from '../src/engine/contract/processor';
import { engineNames } from '../src/engine/contract/report';
import { checkOneOf, UsageError } from '../src/util/check';
import { makeWritable, writeFileAtomic } from '../src/util/files';
import { cases } from './cases';
import { writeGrowth } from './growth';
import { writeLateSteps } from './late_steps';
import type { Timing } from './measure';
import { writePhases } from './phases';
import { writeThreadGain } from './thread_gain';

const help = `Usage: npm run bench -- [rows] [options]

Measures the rows of bench/results.csv (${cases.map(({ letter }) => letter).join(' ')}; default: all), each in a
process of its own, with a BLAS and with SIMD, on all processors and on one. Times are also given
in units of one 1024^3 float32 product on the same engine and threads (minima), so that rows compare across machines.
The kernels are those that the engine chooses, or OPENBLAS_CORETYPE if that is set: see the column core. Rows measured replace those in the file; the others stay.

  --compare      leave the file alone; print what got slower by a tenth or more (in products)
  --engine NAME  another engine than wasm, for example webgpu
  --gemm NAME    only with a BLAS (blas) or only with SIMD (simd)
  --late         real trainings: how much slower late steps are than early ones: bench/late.csv
  --threads      one thread against all, by turns in one process: bench/threads.csv (these rows, or its own)
  --growth       SO3Conv over the bandwidth, with fitted exponents: bench/growth.csv, .svg, .png
  --phases       where the time of a step goes: bench/phases.csv
  --help         this text`;

const options = {
  help: { type: 'boolean' },
  compare: { type: 'boolean' },
  late: { type: 'boolean' },
  threads: { type: 'boolean' },
  growth: { type: 'boolean' },
  phases: { type: 'boolean' },
  engine: { type: 'string' },
  gemm: { type: 'string' },
} as const;

const gemmNames = ['blas', 'simd'] as const;

const file = join(__dirname, 'results.csv');
const columns = [
  'row',
  'name',
  'shapes',
  'engine',
  'provider',
  'core',
  'gflops',
  'threads',
  'forward_ms',
  'forward_min_ms',
  'step_ms',
  'step_min_ms',
  'products',
  'peak_mb',
  'device',
] as const;
type Row = Record<(typeof columns)[number], string>;

/** What row.ts prints. */
interface Measured {
  engine: string;
  provider: string;
  core: string | null;
  /** of large products, a thread; null where none was measured */
  gflops: number | null;
  threads: number;
  device: string;
  unit: number;
  peak: number;
  forward?: Timing;
  step?: Timing;
}

async function main(args: string[]): Promise<void> {
  const { values, positionals: letters } = parseArgs({ args, options, allowPositionals: true });
  if (values.help) return console.log(help);
  if (!values.compare) makeWritable(__dirname);
  const all = cases.map(({ letter }) => letter);
  for (const letter of letters) checkOneOf('row', letter, all);
  if (values.late) return writeLateSteps(__dirname);
  if (values.threads) return writeThreadGain(__dirname, letters);
  if (values.growth) return writeGrowth(__dirname);
  if (values.phases) return writePhases(__dirname);
  const engine = checkOneOf('engine', values.engine ?? 'wasm', engineNames);
  const chosen = cases.filter(({ letter }) => letters.length === 0 || letters.includes(letter));
  const known = readRows();
  const gemms = values.gemm === undefined ? gemmNames : [checkOneOf('gemm', values.gemm, gemmNames)];
  for (const settings of settingsOf(engine, gemms))
    for (const { letter, name, shapes, onlyWasm } of chosen) {
      if (onlyWasm && engine !== 'wasm') continue;
      const row = { row: letter, name, shapes: shapes.replaceAll(',', ' '), ...measureRow(letter, settings) };
      console.log(
        `${letter} ${name}, ${row.provider} x ${row.threads}: forward ${row.forward_ms || '-'} ms, ` +
          `step ${row.step_ms || '-'} ms, ${row.products} products, ${row.peak_mb} MB`,
      );
      if (values.compare) compare(row, known.get(keyOf(row)));
      else {
        known.set(keyOf(row), row);
        writeRows([...known.values()]);
      }
    }
}

/** Environments of the processes. */
function settingsOf(engine: string, gemms: readonly string[]): Record<string, string>[] {
  if (engine !== 'wasm') return [{ EQUISPHERE_ENGINE: engine }];
  const all = String(processorThreads());
  return [...new Set([all, '1'])].flatMap((threads) =>
    gemms.map((gemm) => ({ EQUISPHERE_ENGINE: engine, EQUISPHERE_THREADS: threads, EQUISPHERE_GEMM: gemm })),
  );
}

function measureRow(letter: string, settings: Record<string, string>): Omit<Row, 'row' | 'name' | 'shapes'> {
  const env = { ...process.env, ...settings };
  const script = join(__dirname, 'row.ts');
  const output = execFileSync(process.execPath, ['--import', 'tsx', script, letter], {
    env,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const { engine, provider, core, gflops, threads, device, unit, peak, forward, step } = JSON.parse(
    output.trim().split('\n').pop()!,
  ) as Measured;
  const text = (value: number | undefined) => (value === undefined ? '' : value.toFixed(1));
  return {
    engine,
    provider,
    core: core ?? '',
    gflops: gflops === null ? '' : gflops.toFixed(0),
    threads: String(threads),
    forward_ms: text(forward?.median),
    forward_min_ms: text(forward?.minimum),
    step_ms: text(step?.median),
    step_min_ms: text(step?.minimum),
    products: ((step ?? forward)!.minimum / unit).toFixed(1),
    peak_mb: peak.toFixed(0),
    device: device.replaceAll(',', ' '),
  };
}

function keyOf({ row, engine, provider, core, threads }: Row): string {
  return [row, engine, provider, core, threads].join();
}

function readRows(): Map<string, Row> {
  if (!existsSync(file)) return new Map();
  const [header, ...lines] = readFileSync(file, 'utf8').trim().split('\n');
  const names = header.split(',');
  return new Map(
    lines.map((line) => {
      const row = Object.fromEntries(line.split(',').map((cell, i) => [names[i], cell])) as Row;
      return [keyOf(row), row];
    }),
  );
}

function writeRows(rows: Row[]): void {
  const order = cases.map(({ letter }) => letter);
  const sorted = rows.sort((a, b) => order.indexOf(a.row) - order.indexOf(b.row));
  const lines = sorted.map((row) => columns.map((column) => row[column]).join(','));
  writeFileAtomic(file, `${[columns.join(','), ...lines].join('\n')}\n`);
}

function compare(row: Row, before: Row | undefined): void {
  if (!before) console.log('  not in bench/results.csv');
  else if (Number(row.products) > 1.1 * Number(before.products))
    console.log(`  slower: ${before.products} products before, ${row.products} now`);
}

main(process.argv.slice(2)).catch((error: Error) => {
  console.error(error.message);
  const { code = '' } = error as NodeJS.ErrnoException;
  process.exit(error instanceof UsageError || code.startsWith('ERR_PARSE_ARGS') ? 2 : 1);
});
