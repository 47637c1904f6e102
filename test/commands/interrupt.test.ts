import assert from 'node:assert/strict';
import { it } from 'node:test';
import { unguarded, withInterrupts } from '../../src/commands/interrupt';
import { statusLine } from '../../src/commands/status';
import { Interrupted } from '../../src/util/interrupted';

it('a signal that comes just before work that hears none is not lost', async () => {
  let done = false;
  const work = withInterrupts(statusLine(), (signal) => {
    process.kill(process.pid, 'SIGINT');
    return unguarded(signal, async () => {
      done = true;
    });
  });
  await assert.rejects(work, Interrupted);
  assert.equal(done, false);
});
