import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Cell } from '../../src/notebook/ipynb';
import { foldReturns, Outputs, settled } from '../../src/notebook/outputs';

const cell = (): Cell => ({ cell_type: 'code', source: '', metadata: {}, outputs: [] });
const message = (msg_type: string, content: Record<string, unknown>) => ({
  header: { msg_id: 'm', msg_type },
  parent_header: {},
  content,
});
const stream = (text: string, name = 'stdout') => message('stream', { name, text });
const display = (text: string, display_id?: string, type = 'display_data') =>
  message(type, { data: { 'text/plain': text }, metadata: {}, transient: { display_id } });
const shown = (target: Cell) =>
  target.outputs?.map((output) =>
    'text' in output ? output.text : 'data' in output ? output.data['text/plain'] : '',
  );

test('texts of one stream join, those of two do not', () => {
  const [outputs, target] = [new Outputs(), cell()];
  for (const part of [stream('a'), stream('b'), stream('c', 'stderr'), stream('d')])
    outputs.add(target, part);
  assert.deepEqual(shown(target), ['ab', 'c', 'd']);
});

test('an update changes every output with its id, in earlier cells too', () => {
  const [outputs, first, second] = [new Outputs(), cell(), cell()];
  outputs.add(first, display('old', 'x'));
  outputs.add(first, display('other', 'y'));
  outputs.add(second, display('old', 'x'));
  outputs.add(second, display('new', 'x', 'update_display_data'));
  assert.deepEqual([shown(first), shown(second)], [['new', 'other'], ['new']]);
  assert.ok(!('transient' in first.outputs![0]));
});

test('clearing happens at once, or when the next output comes', () => {
  const [outputs, target] = [new Outputs(), cell()];
  outputs.add(target, stream('a'));
  outputs.add(target, message('clear_output', { wait: true }));
  assert.deepEqual(shown(target), ['a']);
  outputs.add(target, stream('b'));
  assert.deepEqual(shown(target), ['b']);
  outputs.add(target, message('clear_output', { wait: false }));
  assert.deepEqual(shown(target), []);
});

test('a carriage return overwrites its line, and empty texts vanish', () => {
  assert.equal(foldReturns('a\r\nb 1\rb 2\nc\r'), 'a\nb 2\nc');
  assert.equal(foldReturns('10 %\r100 %\r\n'), '100 %\n');
  assert.deepEqual(settled([{ output_type: 'stream', name: 'stdout', text: '' }]), []);
});

test('a long line takes no longer than many short ones, and text without end is cut', {
  timeout: 300_000,
}, () => {
  const line = 'y'.repeat(5_000_000);
  assert.equal(foldReturns(`a\r${line}\r\r\n${'\r'.repeat(1_000_000)}`), `${line}\n`);
  const [outputs, target] = [new Outputs(), cell()];
  for (let i = 0; i < 3; i++) outputs.add(target, stream(line));
  assert.deepEqual(shown(target), [
    `${line}${line}\n... and more: what follows 10000000 characters is left out\n`,
  ]);
});
