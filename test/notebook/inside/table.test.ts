import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import { DataFrame, Series } from 'danfojs-node';
import { display } from '../../../src/notebook/inside/display';
import { table } from '../../../src/notebook/inside/table';
import { listen } from './kernel_stand_in';

/** What a table shows as plain text, lines without the rule. */
function linesOf(...given: Parameters<typeof table>): string[] {
  const messages = listen();
  table(...given);
  assert.equal(messages.length, 1);
  const lines = (messages[0].content.data['text/plain'] as string).split('\n');
  return lines.filter((line) => !/^[- ]+$/.test(line));
}

/** The texts of one column of numbers. */
const column = (...values: unknown[]) =>
  linesOf(values.map((value) => ({ value })))
    .slice(1)
    .map((line) => line.trim());

test('numbers of a column have the same decimals, enough for four figures', () => {
  assert.deepEqual(column(58.2345, 9.5, 100), ['58.2', '9.5', '100.0']);
  assert.deepEqual(column(0.31234, 0.25), ['0.3123', '0.2500']);
  assert.deepEqual(column(67055, 5_519_335, 950, -12345), ['67,055', '5,519,335', '950', '-12,345']);
  assert.deepEqual(column(1_234_567.8), ['1,234,567.8']);
  assert.deepEqual(column(2022, 9999), ['2022', '9999']);
  assert.deepEqual(column(-0.0001, 12.5), ['-1.00e-4', '1.25e+1']);
  assert.deepEqual(column(-0.004, 0.5, -0), ['-0.0040', '0.5000', '0.0000']);
  assert.deepEqual(column(3e-9, 2e-9), ['3.00e-9', '2.00e-9']);
  assert.deepEqual(column(1, Number.NaN, null, undefined, Number.POSITIVE_INFINITY), [
    '1',
    'NaN',
    '',
    '',
    'Infinity',
  ]);
  assert.deepEqual(column(1e21), ['1e+21']);
});

test('spreads, lists, truth values and long texts can be read', () => {
  const spread = { mean: 58.21, low: 56.6, high: 59.84 };
  assert.deepEqual(column(spread, { mean: 3, low: 3, high: 3 }), ['58.21 (56.60 to 59.84)', '3.00']);
  assert.deepEqual(column([1, 2, 3]), ['1, 2, 3']);
  assert.deepEqual(column(true, 'two\nlines'), ['true', 'two lines']);
  assert.deepEqual(column('x'.repeat(200)), [`${'x'.repeat(79)}…`]);
  assert.deepEqual(column({ a: 1 }), ['{"a":1}']);
});

test('twenty rows are shown, and how many more there are', () => {
  const rows = Array.from({ length: 44 }, (_, i) => ({ i }));
  const lines = linesOf(rows);
  assert.equal(lines.length, 22);
  assert.equal(lines[21], '… 24 more rows (44 in all)');
  assert.equal(linesOf(rows.slice(0, 20)).length, 21);
  assert.deepEqual(linesOf(rows, { rows: 1, title: 'Counted' }), [
    'Counted',
    'i',
    '0',
    '… 43 more rows (44 in all)',
  ]);
});

test('the columns are those of all rows, numbers to the right', () => {
  assert.deepEqual(
    linesOf([
      { model: 'cnn', score: 9 },
      { model: 's2cnn', seeds: 2 },
    ]),
    ['model  score  seeds', 'cnn        9', 's2cnn             2'],
  );
  assert.deepEqual(linesOf([]), ['']);
});

test('as HTML it holds no style but the alignment, and no markup of the data', () => {
  const messages = listen();
  table([{ '<b>': 'a & "b"', n: 1 }], { title: '1 < 2', rows: 0 });
  table([{ '<b>': 'a & "b"', n: 1 }]);
  assert.match(
    messages[0].content.data['text/html'] as string,
    /<caption>1 &lt; 2<\/caption>.*<p>… 1 more row \(1 in all\)<\/p>/s,
  );
  assert.equal(
    messages[1].content.data['text/html'],
    [
      '<table>',
      '<thead><tr><th align="left" style="text-align: left">&lt;b&gt;</th><th align="right" style="text-align: right">n</th></tr></thead>',
      '<tbody>',
      '<tr><td align="left" style="text-align: left">a &amp; &quot;b&quot;</td><td align="right" style="text-align: right">1</td></tr>',
      '</tbody>',
      '</table>',
    ].join('\n'),
  );
});

test('a DataFrame shows itself, its index where that says something', async () => {
  const frame = new DataFrame([
    { model: 'cnn', score: 9.25 },
    { model: 's2cnn', score: 58.5 },
  ]);
  assert.deepEqual(linesOf(frame), ['model  score', 'cnn     9.25', 's2cnn  58.50']);
  const labelled = new DataFrame([[1], [2]], { columns: ['n'], index: ['a', 'b'] });
  assert.deepEqual(linesOf(labelled), ['   n', 'a  1', 'b  2']);
  assert.deepEqual(linesOf(new Series([1, 2], { columns: ['n'] })), ['n', '1', '2']);
  const grouped = frame.groupby(['model']).agg({ score: 'mean' });
  assert.equal(linesOf(grouped)[0], 'model  score_mean');
  const messages = listen();
  assert.equal(await display(frame), true);
  assert.equal(messages.length, 1);
});

test('display leaves alone what it does not know', async () => {
  const messages = listen();
  const hostile = new Proxy({}, { get: () => assert.fail('asked') });
  for (const value of [null, undefined, 3, 'text', {}, [{ a: 1 }], hostile, { data: [] }])
    assert.equal(await display(value), false);
  assert.equal(messages.length, 0);
  assert.equal(await display({ data: [], layout: { width: 10, height: 10 }, alt: 'Empty.' }), true);
  assert.equal(messages.length, 1);
});

test('outside a notebook a table is printed; what is none is refused', () => {
  const log = mock.method(console, 'log', () => undefined);
  table([{ a: 1 }]);
  log.mock.restore();
  assert.deepEqual(log.mock.calls[0].arguments, ['a\n-\n1']);
  assert.throws(() => table(3 as never), {
    name: 'UsageError',
    message: 'table: expected rows or a DataFrame, got number',
  });
});
