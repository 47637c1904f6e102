import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chart } from '../../src/lessons/chart';

const text = { title: 'Many points', xTitle: 'x', yTitle: 'y' };

test('a chart of 200,000 points has the range of all of them', () => {
  const x = Float64Array.from({ length: 200_000 }, (_, i) => i);
  const figure = chart([{ label: 'many', x, y: x, mark: 'points' }], text);
  const [least, largest] = figure.layout.xaxis?.range ?? [];
  assert.ok(least < 0 && least > -10_000 && largest > 199_999 && largest < 210_000, `${least}, ${largest}`);
  assert.match(figure.alt, /many lies between 0\.00 and 2\.00e\+5/);
});
