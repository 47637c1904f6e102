import assert from 'node:assert/strict';
import { test } from 'node:test';
import { notebookCheck } from '../../../src/notebook/inside/check';

test('a check prints one line or throws', (t) => {
  const log = t.mock.method(console, 'log', () => undefined);
  notebookCheck('the S2CNN leads', true, '74 % against 38 %');
  assert.deepEqual(
    log.mock.calls.map((call) => call.arguments),
    [['check passed: the S2CNN leads (74 % against 38 %)']],
  );
  assert.throws(() => notebookCheck('the S2CNN leads', false, '38 % against 74 %'), {
    message: 'check failed: the S2CNN leads (38 % against 74 %)',
  });
  assert.equal(log.mock.callCount(), 1);
});
