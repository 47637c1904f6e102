import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { runFolders } from '../../src/commands/folders';
import { gridOf } from '../../src/experiments/grid';
import { tierOf } from '../../src/experiments/tiers';
import { openStore } from '../../src/results/store';
import { Random } from '../../src/util/random';
import { type Outcome, start } from '../commands/process';
import { numbersIn } from '../experiments/sample';
import { describeKill, type Kill, kills, strike } from './kill';
import { Ledger } from './ledger';

export const experiments = gridOf(tierOf('smoke'), { dataset: 'glyphs' });

export const newFolder = () => mkdtempSync(join(tmpdir(), 'faults-'));

/** Starts a sweep of seconds with two jobs. */
export const startSweep = (out: string) =>
  start(...'sweep --tier smoke --dataset glyphs --engine wasm --jobs 2 --out'.split(' '), out);

export const numbersUnder = (out: string, of = experiments) => {
  const store = openStore(runFolders({ out }).results);
  return of.map((e) => numbersIn(store, e));
};

/** What nobody disturbs. */
export async function undisturbed(): Promise<{ numbers: object[]; milliseconds: number }> {
  const out = newFolder();
  const before = Date.now();
  const { code, err } = await startSweep(out).ended;
  assert.deepEqual([code, err], [0, '']);
  const numbers = numbersUnder(out);
  rmSync(out, { recursive: true });
  return { numbers, milliseconds: Date.now() - before };
}

/**
 * Kills sweeps of one folder, each started where the last one was stopped, and holds what it comes to against a sweep
 * that nobody disturbs; then begins with a new folder, until so many kills are done.
 * @param log takes a line for each kill
 * @throws AssertionError that names the seed and the kills since the folder was begun
 */
export async function killAgainAndAgain(
  count: number,
  seed: number,
  log: (line: string) => void,
): Promise<void> {
  const { numbers, milliseconds } = await undisturbed();
  const random = Random.of(seed, 'faults');
  const drawn = kills(random, 0.8 * milliseconds);
  for (let done = 0; done < count; ) {
    const out = newFolder();
    const ledger = new Ledger(runFolders({ out }));
    const story: string[] = [];
    const tell = (line: string) => {
      story.push(line);
      log(line);
    };
    try {
      for (let finished = false; !finished; ) {
        if (done === count) finished = await leftAlone(out);
        else {
          const kill = drawn.next().value;
          tell(`kill ${++done}: ${describeKill(kill)}`);
          finished = await killed(kill, out, random);
        }
        ledger.check();
      }
      ledger.checkFinished(experiments, numbers);
      tell('finished, and equal to the undisturbed sweep');
    } catch (error) {
      throw new assert.AssertionError({
        message: `seed ${seed}: ${(error as Error).message}\n${story.join('\n')}\n(${out})`,
      });
    }
    rmSync(out, { recursive: true });
  }
}

/** @returns whether all experiments are finished */
async function killed(kill: Kill, out: string, random: Random): Promise<boolean> {
  const struck = startSweep(out);
  const other = kill.beside ? startSweep(out) : undefined;
  await Promise.race([setTimeout(kill.delay), struck.ended]);
  strike(kill, struck, random);
  const outcomes = await Promise.all([struck.ended, ...(other ? [other.ended] : [])]);
  for (const outcome of outcomes) assertQuiet(outcome);
  if (other) assert.equal(outcomes[1].code, 0, `the sweep beside it: ${outcomes[1].err}`);
  return outcomes.some(({ code }) => code === 0) && openStoreHasAll(out);
}

async function leftAlone(out: string): Promise<boolean> {
  const { code, err } = await startSweep(out).ended;
  assert.deepEqual([code, err], [0, '']);
  return true;
}

const openStoreHasAll = (out: string) => {
  const store = openStore(runFolders({ out }).results);
  return experiments.every((e) => store.finished(e));
};

/** At most a line or two of complaint, and no stack. */
function assertQuiet({ err }: Outcome): void {
  assert.ok(!/^ +at /m.test(err) && err.split('\n').length <= 3, `it complained:\n${err}`);
}
