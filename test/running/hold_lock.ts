/* A process that holds a lock: says "held" or why not, and lets go when its input ends. */
import { withLock } from '../../src/running/lock';

withLock(process.argv[2], async () => {
  console.log('held');
  await new Promise((resolve) => process.stdin.resume().on('end', resolve));
}).then(
  () => console.log('released'),
  (error: Error) => console.log(`${error.name}: ${error.message}`),
);
