import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { numbersVersion } from '../../src/experiments/numbers_version';
import { writeFileAtomic } from '../../src/util/files';
import { type Trajectory, trajectory, trajectoryNames } from './trajectories';

/** What `EQUISPHERE_REWRITE_NUMBERS=1 node test/run.cjs experiments/numbers` writes anew, once the version is raised. */
const path = join(__dirname, 'numbers.json');
const howTo =
  'raise numbersVersion in src/experiments/numbers_version.ts, then EQUISPHERE_REWRITE_NUMBERS=1 node test/run.cjs experiments/numbers';

/**
 * Relative, of losses. Measured: 7e-7 at most between OpenBLAS's kernels of six processors, WASM SIMD and two threads;
 * 5e-5 at least for a learning rate of 1.001 times as much.
 */
const TOLERANCE = 1e-5;

/** Points: one pixel that falls the other way. */
const SCORE_TOLERANCE = 0.1;

const engine = { engine: 'wasm', threads: 1 } as const;

interface Stored {
  version: number;
  trajectories: Record<string, Trajectory>;
}

const stored: Stored = existsSync(path)
  ? JSON.parse(readFileSync(path, 'utf8'))
  : { version: 0, trajectories: {} };

/** How two trajectories differ, in words; undefined if they do not, but for rounding. */
function difference(now: Trajectory, before: Trajectory | undefined): string | undefined {
  if (!before) return 'is not stored';
  for (const key of ['trainLoss', 'losses', 'scores'] as const) {
    if (now[key].length !== before[key].length)
      return `${key}: ${now[key].length} in place of ${before[key].length}`;
    for (const [i, value] of now[key].entries()) {
      const allowed = key === 'scores' ? SCORE_TOLERANCE : TOLERANCE * Math.abs(before[key][i]);
      if (!(Math.abs(value - before[key][i]) <= allowed))
        return `${key}[${i}]: ${value} in place of ${before[key][i]}`;
    }
  }
  return undefined;
}

describe('numbers of the current version', () => {
  const rewriting = process.env.EQUISPHERE_REWRITE_NUMBERS === '1';

  if (rewriting)
    it('are written anew', async () => {
      const trajectories: Stored['trajectories'] = {};
      for (const name of trajectoryNames) trajectories[name] = await trajectory(name, engine);
      const moved = trajectoryNames.filter((name) =>
        difference(trajectories[name], stored.trajectories[name]),
      );
      const isRaised = numbersVersion > stored.version;
      assert.ok(
        isRaised || moved.length === 0,
        `${moved.join(', ')}: the numbers moved, the version did not: ${howTo}`,
      );
      writeFileAtomic(path, `${JSON.stringify({ version: numbersVersion, trajectories }, undefined, 1)}\n`);
    });

  it('are stored', { skip: rewriting }, () => assert.equal(stored.version, numbersVersion, howTo));

  for (const name of trajectoryNames)
    it(`have not moved: ${name}`, { skip: rewriting }, async () => {
      const found = difference(await trajectory(name, engine), stored.trajectories[name]);
      assert.equal(found, undefined, `the numbers moved (${found}): ${howTo}`);
    });

  it('would be seen to move with a learning rate of 1.001 times as much', { skip: rewriting }, async () => {
    for (const name of trajectoryNames) {
      const moved = await trajectory(name, engine, { learningRate: 1.001 * 3e-3 });
      assert.notEqual(difference(moved, stored.trajectories[name]), undefined, name);
    }
  });
});
