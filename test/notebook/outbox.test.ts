import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { test } from 'node:test';
import { repositoryRoot } from '../../src/util/files';

const { StreamBuffer } = createRequire(__filename)(
  join(repositoryRoot, 'jupyter', 'kernels', 'tslab', 'outbox.cjs'),
) as { StreamBuffer: new (publish: (name: string, text: string) => void) => Buffer };
interface Buffer {
  write(name: string, text: string): void;
  flush(): void;
}

test('a few lines go out at once, though no timer runs after them', () => {
  const sent: string[] = [];
  const buffer = new StreamBuffer((_, text) => sent.push(text));
  for (const line of ['one', 'two', 'three']) buffer.write('stdout', line);
  assert.deepEqual(sent, ['one', 'two', 'three']);
});

test('many are joined, none is lost, and the streams keep their order', () => {
  const sent: string[] = [];
  const buffer = new StreamBuffer((name, text) => sent.push(`${name}: ${text}`));
  for (let i = 0; i < 1000; i++) buffer.write('stdout', '.');
  buffer.write('stderr', '!');
  buffer.flush();
  assert.ok(sent.length < 100, `${sent.length} messages`);
  assert.equal(sent.join('').split('.').length - 1, 1000);
  assert.equal(sent.at(-1), 'stderr: !');
});
