import assert from 'node:assert/strict';
import { test } from 'node:test';
import { countAxis } from '../../src/figures/parts/count_axis';
import { labelColumn, spread } from '../../src/figures/parts/label_column';
import { compactCount, fullCount, networkSize } from '../../src/figures/parts/numbers';
import { labelPlaces } from '../../src/figures/parts/point_labels';
import { baseLayout, classColors, seriesStyle } from '../../src/figures/parts/theme';
import { roundedTime, timeAxis } from '../../src/figures/parts/time_axis';

test('labels keep their places while they do not touch', () => {
  assert.deepEqual(spread([20, 60, 150], [30, 30, 30], 200), [20, 60, 150]);
});

test('labels that touch are pooled about their mean, in their order', () => {
  assert.deepEqual(spread([100, 104], [30, 30], 200), [87, 117]);
  assert.deepEqual(spread([104, 100, 102], [20, 20, 20], 200), [122, 82, 102]);
});

test('labels stay inside, and never overlap', () => {
  const wanted = [2, 5, 3, 190, 198, 196];
  const centres = spread(
    wanted,
    wanted.map(() => 30),
    200,
  );
  const sorted = [...centres].sort((a, b) => a - b);
  assert.ok(sorted[0] >= 15 && sorted[5] <= 185, `${sorted}`);
  for (let i = 1; i < 6; i++) assert.ok(sorted[i] - sorted[i - 1] >= 30 - 1e-9, `${sorted}`);
});

test('a label is tied to the end of its curve', () => {
  const end = { lines: ['CNN', '50'], color: 'red', x: 300, y: 100 };
  const inside = { width: 400, height: 200 };
  const x = { range: [4, 8] as [number, number] };
  const [label] = labelColumn([end], inside, { x, y: { range: [0, 60] } });
  assert.deepEqual([label.x, label.y, label.text], [7, 30, '<b>CNN</b><br>50']);
  assert.equal(label.ay, 0);
  // on the lower of two plots, the upper of which has the rest of the height
  const lower = { range: [0, 60] as [number, number], domain: [0, 0.625] as [number, number] };
  const [below] = labelColumn([end], inside, { x, y: lower, xref: 'x2', yref: 'y2' });
  assert.deepEqual([below.xref, below.yref, below.y], ['x2', 'y2', 48]);
});

test('counts on an axis: places between 0 and 1 in order, ticks at the counts, none too close', () => {
  const counts = [10_000, 20_000, 60_000, 80_000, 100_000, 120_000, 1_200_000];
  const { layout, position, range } = countAxis('n', counts);
  const places = counts.map(position);
  assert.ok(places.every((place, i) => place > 0 && place < 1 && (i === 0 || place > places[i - 1])));
  assert.deepEqual(layout.ticktext, ['10k', '20k', '60k', '100k', '1.2M']);
  assert.ok(range[0] < 10_000 && range[1] > 1_200_000);
});

test('an axis for a single count has a range', () => {
  const { layout, position } = countAxis('n', [2000]);
  assert.ok(position(2000) === 0.5 && layout.range?.[0] < 2000);
});

test('numbers as people say them', () => {
  assert.deepEqual([950, 2000, 24_000, 1_200_000, 999_600].map(compactCount), [
    '950',
    '2k',
    '24k',
    '1.2M',
    '1M',
  ]);
  assert.deepEqual([950, 60_000, 1_200_000].map(fullCount), ['950', '60,000', '1,200,000']);
  assert.deepEqual([204_073, 1_042_013, 5_519_335, 23_456, 9500].map(networkSize), [
    '204k',
    '1M',
    '5.5M',
    '23k',
    '9.5k',
  ]);
});

test('no two series share colour, dash and marker; the classes have eleven colours', () => {
  const styles = [
    ...[0, 1].map((i) => seriesStyle('s2cnn', i)),
    ...[0, 1, 2, 3, 4].map((i) => seriesStyle('cnn', i)),
  ];
  for (const key of ['color', 'textColor'] as const) assert.equal(new Set(styles.map((s) => s[key])).size, 7);
  assert.equal(new Set(styles.map(({ dash, symbol }) => dash + symbol)).size, 7);
  assert.equal(new Set(classColors).size, 11);
});

test('a line below the title that is too long is broken at a separator, and the plot moves down', () => {
  const layout = (line: string) => baseLayout({ title: 'T', subtitle: [line] });
  const long = [
    'MNIST from a mirror with a long name',
    'quick tier',
    'bandwidth 8',
    '1,000 test spheres',
  ].join(' · ');
  assert.equal(layout(long).title?.subtitle?.text, long);
  const [first, second] = String(layout(`${long} · released data generator`).title?.subtitle?.text).split(
    '<br>',
  );
  assert.deepEqual([first, second], [long, 'released data generator']);
  assert.equal(layout(`${long} · released data generator`).margin!.t! - layout(long).margin!.t!, 18);
});

test('a long title is broken at a space, and the plot moves down', () => {
  const layout = (title: string, width: number) => baseLayout({ title, width });
  const title = '10,000 unrotated digits beat 1,200,000 rotated ones';
  assert.equal(layout(title, 700).title?.text, `<b>${title}</b>`);
  assert.equal(
    layout(title, 366).title?.text,
    '<b>10,000 unrotated digits beat<br>1,200,000 rotated ones</b>',
  );
  assert.equal(layout(title, 366).margin!.t! - layout(title, 700).margin!.t!, 23);
});

test('times in one unit; ticks of a time axis that do not touch', () => {
  assert.deepEqual([7, 85.2, 140, 1486, 6960, 130_000].map(roundedTime), [
    '7 s',
    '85 s',
    '2.3 min',
    '25 min',
    '1.9 h',
    '36.1 h',
  ]);
  const { layout, position } = timeAxis('t', [60, 7200], 200);
  const places = (layout.tickvals as number[]).map((tick) => 200 * position(tick));
  assert.ok(
    places.length >= 3 && places.every((place, i) => i === 0 || place - places[i - 1] >= 40),
    `${places}`,
  );
});

test('labels of points keep clear of each other and of other points; where none fits there is none', () => {
  const at = (x: number, y: number) => ({ text: '16k', x, y });
  assert.deepEqual(labelPlaces([at(50, 50), at(200, 50)]), ['bottom right', 'bottom right']);
  assert.deepEqual(labelPlaces([at(50, 50), at(62, 58)]), ['top left', 'bottom right']);
  const crowd = labelPlaces([at(50, 50), at(58, 42), at(58, 58), at(42, 58), at(42, 42)]);
  assert.equal(crowd[0], undefined);
  assert.equal(new Set(crowd.slice(1)).size, 4);
});
