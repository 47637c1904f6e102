import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mainTable } from '../../src/analysis/main_table';
import { row, study } from './synthetic';

test('of several CNNs with the same data the one that validates best is shown, not the one that tests best', () => {
  const rows = study().map((r) =>
    r.family === 'cnn' ? { ...r, validationRotated: r.model === 'cnn-quick-small' ? 60 : 50 } : r,
  );
  const shown = mainTable(rows, []).filter(({ network }) => network.startsWith('cnn'));
  assert.ok(shown.length >= 3);
  assert.deepEqual([...new Set(shown.map(({ network }) => network))], ['cnn-quick-small']);
});

test('S2CNNs first, then rotated and unrotated images, segmentation before classification', () => {
  const rows = [...study('classification'), ...study('segmentation')];
  const shown = mainTable(rows, []).map(({ task, data }) => [task, data.replace(/\d+ /, '')]);
  const kinds = ['unrotated', 'rotated', 'rotated', 'rotated', 'unrotated'];
  assert.deepEqual(
    shown,
    ['segmentation', 'classification'].flatMap((task) => kinds.map((kind) => [task, kind])),
  );
});

test('a short one has one amount of the S2CNN, the ends of the rotated images, and the most unrotated ones', () => {
  const rows = [...study('segmentation'), row({ images: 100 }), row({ images: 90_000 })];
  const short = mainTable(rows, [], 'short').map(({ data }) => data);
  const whole = mainTable(rows, []).map(({ data }) => data);
  assert.deepEqual(short, ['2000 unrotated', '500 rotated', '8000 rotated', '2000 unrotated']);
  assert.equal(whole.length, 7);
});

test('images that share rotations are not in it; what is not converged is marked', () => {
  const open = row({ converged: false });
  const shared = row({ model: 'cnn-quick-small', images: 2000, rotations: 20 });
  const shown = mainTable([open, shared], []);
  assert.deepEqual(
    shown.map(({ network, converged }) => [network, converged]),
    [['s2cnn-quick', false]],
  );
});
