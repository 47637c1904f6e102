import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Data } from 'plotly.js-dist';
import { type EndLabel, type LabelAxes, labelColumn } from '../../src/figures/parts/label_column';
import { type Box, crosses, meet, type Pixel } from '../../src/figures/parts/plane_geometry';
import { boxAt, roomBeside } from '../../src/figures/parts/room_beside';

const bounds: Box = { left: 0, right: 400, top: 0, bottom: 300 };
const size = { width: 80, height: 40 };

describe('a line and a box', () => {
  const box: Box = { left: 10, right: 20, top: 10, bottom: 20 };
  const lines: [from: Pixel, to: Pixel, runsThrough: boolean][] = [
    [[0, 15], [30, 15], true],
    [[15, 0], [15, 30], true],
    [[12, 12], [13, 13], true],
    [[0, 0], [30, 30], true],
    [[0, 15], [9, 15], false],
    [[0, 9], [30, 9], false],
    [[0, 21], [21, 42], false],
    [[5, 0], [0, 40], false],
  ]; // biome-ignore format: a row each
  for (const [from, to, runsThrough] of lines)
    test(`${from} to ${to}: ${runsThrough}`, () => {
      assert.equal(crosses(from, to, box), runsThrough);
      assert.equal(crosses(to, from, box), runsThrough);
    });

  test('lines meet where the ends of each lie on both sides of the other', () => {
    const across: [Pixel, Pixel] = [
      [0, 10],
      [20, 10],
    ];
    assert.ok(meet(across, [[10, 0], [10, 20]])); // biome-ignore format: one line
    assert.ok(!meet(across, [[10, 0], [10, 9]])); // biome-ignore format: one line
    assert.ok(!meet(across, [[30, 0], [30, 20]])); // biome-ignore format: one line
  });
});

describe('room beside the end of a curve', () => {
  const end: Pixel = [100, 150];

  test('is right of it, if nothing is there', () => {
    const offset = roomBeside(end, size, bounds, [[[0, 150], end]], []);
    assert.ok(offset && offset.x > 0 && offset.y === 0);
  });

  test('is free of curves, of other labels and of a leader across a curve, and within the bounds', () => {
    const curves: Pixel[][] = [
      [[0, 150], end],
      [[0, 160], [400, 130]],
      [[0, 240], [400, 240]],
    ]; // biome-ignore format: a curve each
    const taken: Box[] = [{ left: 100, right: 220, top: 60, bottom: 130 }];
    const offset = roomBeside(end, size, bounds, curves, taken);
    assert.ok(offset);
    const box = boxAt(end, offset, size);
    for (const curve of curves) assert.ok(!crosses(curve[0], curve[1], box));
    assert.ok(box.right <= taken[0].left || box.bottom <= taken[0].top || box.left >= taken[0].right || box.top >= taken[0].bottom); // biome-ignore format: one line
    assert.ok(box.top >= bounds.top && box.bottom <= bounds.bottom && box.left >= bounds.left);
  });

  test('is not there between two close lines', () => {
    const lines = [140, 160].map((y): Pixel[] => [
      [0, y],
      [400, y],
    ]);
    assert.equal(roomBeside(end, size, bounds, lines, []), undefined);
  });
});

describe('labels', () => {
  const inside = { width: 400, height: 300 };
  const axes: LabelAxes = { x: { range: [0, 400] }, y: { range: [300, 0] } };
  const curve = (points: Pixel[]): Data => ({ x: points.map(([x]) => x), y: points.map(([, y]) => y) });
  const label = ([x, y]: Pixel): EndLabel => ({ lines: ['network', '12.3 at 60k'], color: 'black', x, y });
  const columnLeft = (x: number) => inside.width - x;

  test('stand in the column where curves end near it, within the plot where they end far from it', () => {
    const drawn = [
      curve([[0, 50], [390, 60]]),
      curve([[0, 200], [100, 220]]),
    ]; // biome-ignore format: a curve each
    const [near, far] = labelColumn([label([390, 60]), label([100, 220])], inside, axes, drawn);
    assert.ok(Number(near.ax) > columnLeft(390));
    assert.ok(Number(far.ax) > 0 && Number(far.ax) < columnLeft(100) - 100);
  });

  test('of two curves that end one above the other find room for both, whichever comes first', () => {
    const ends: Pixel[] = [
      [100, 150],
      [100, 190],
    ];
    const drawn = [curve([[0, 190], ends[1]]), curve([[0, 150], ends[0]]), curve([[0, 90], [400, 90]]), curve([[0, 222], [400, 222]])]; // biome-ignore format: one line
    for (const order of [ends, [...ends].reverse()]) {
      const found = labelColumn(order.map(label), inside, axes, drawn);
      for (const { ax } of found) assert.ok(Number(ax) < 100, `${ax}`);
    }
  });

  test('stand in another plot of the figure where only that has room', () => {
    const walls = [96, 116].map((y) => curve([[0, y], [400, y]])); // biome-ignore format: one line
    const upper: LabelAxes = { ...axes, xref: 'x2', yref: 'y2' };
    const again = [{ labels: [label([100, 200])], axes: upper }];
    const [found] = labelColumn([label([100, 106])], inside, axes, walls, again);
    assert.equal(found.yref, 'y2');
    assert.equal(found.y, 200);
    const [without] = labelColumn([label([100, 106])], inside, axes, walls);
    assert.ok(Number(without.ax) > columnLeft(100));
  });
});
