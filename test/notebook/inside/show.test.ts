import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Figure } from '../../../src/figures/parts/figure';
import { showProgress } from '../../../src/notebook/inside/progress_bar';
import { show } from '../../../src/notebook/inside/show';
import { listen } from './kernel_stand_in';

const figure = (y: readonly number[]): Figure => ({
  data: [{ type: 'scatter', y: Float64Array.from(y) }],
  layout: { width: 300, height: 200 },
  alt: 'A falling line.',
});

test('a figure is one output: interactive, picture and words', async () => {
  const messages = listen();
  await show(figure([1 / 3, 2]));
  const [{ type, content }] = messages;
  assert.equal(messages.length, 1);
  assert.equal(type, 'display_data');
  const { data, metadata } = content;
  assert.deepEqual(Object.keys(data).sort(), ['application/vnd.plotly.v1+json', 'image/png', 'text/plain']);
  assert.deepEqual(data['application/vnd.plotly.v1+json'], {
    data: [{ type: 'scatter', y: [0.333333, 2] }],
    layout: { width: 300, height: 200 },
  });
  assert.equal(data['text/plain'], 'A falling line.');
  const png = Buffer.from(data['image/png'] as string, 'base64');
  assert.deepEqual([png.readUInt32BE(16), png.readUInt32BE(20)], [600, 400]);
  assert.deepEqual(metadata, { 'image/png': { width: 300, height: 200 } });
});

test('the interactive figure is left out when asked, and when it is large', async () => {
  const messages = listen();
  await show(figure([1, 2]), { interactive: false, scale: 1 });
  await show(figure(Array.from({ length: 50_000 }, (_, i) => i)), { scale: 1 });
  for (const { content } of messages)
    assert.deepEqual(Object.keys(content.data).sort(), ['image/png', 'text/plain']);
});

test('outside a notebook nothing is drawn', async () => {
  await show({ data: [], layout: {}, alt: '' }); // a figure without a size cannot be drawn
});

test('progress is one output that changes in place and ends without times', () => {
  const messages = listen();
  const progress = showProgress('training', 20);
  progress.update(5, 'loss 0.3');
  progress.finish('loss 0.1');
  assert.deepEqual(
    messages.map(({ type }) => type),
    ['display_data', 'update_display_data'],
  );
  const [first, last] = messages.map(({ content }) => content);
  assert.match(first.data['text/plain'] as string, /^training: 5 of 20, loss 0.3, .* left$/);
  assert.equal(last.data['text/plain'], 'training: 20 of 20, loss 0.1');
  assert.ok(first.transient.display_id);
  assert.equal(first.transient.display_id, last.transient.display_id);
  showProgress('testing', 1).finish();
  assert.notEqual(messages[2].content.transient.display_id, first.transient.display_id);
});
