/* 50 kills of sweeps, at random: npm run faults [-- SEED [KILLS]]. Not among the tests: it takes minutes. */
import { killAgainAndAgain } from './sweeps';

const [seed = Date.now() % 1e6, kills = 50] = process.argv.slice(2).map(Number);

console.log(`seed ${seed}`);
killAgainAndAgain(kills, seed, console.log).then(
  () => console.log(`${kills} kills survived (seed ${seed})`),
  (error: Error) => {
    console.error(error.message);
    process.exitCode = 1;
  },
);
