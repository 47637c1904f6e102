import { test } from 'node:test';
import { killAgainAndAgain } from './sweeps';

/** The same kills each time; their moments depend on the machine. `npm run faults` draws others, and more. */
const seed = Number(process.env.FAULTS_SEED ?? 1);

test('a sweep that is killed at any moment loses nothing and does nothing twice', async (t) => {
  await killAgainAndAgain(6, seed, (line) => t.diagnostic(line));
});
