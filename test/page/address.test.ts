import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { tasks } from '../../src/datasets/task';
import { addressOf, readAddress } from '../../src/page/browser/address';
import { type Turn, unit, upright } from '../../src/page/browser/turn';
import { holds } from '../properties';

const images = 50;
const part = fc.double({ min: -1, max: 1, noNaN: true });
const turns = fc.tuple(part, part, part, part).map((parts): Turn => unit(parts));
const image = fc.nat({ max: images - 1 });

test('an address leads back to the image, the task and the turn that it was made of', () => {
  holds(
    fc.property(image, fc.constantFrom(...tasks), turns, (image, task, turn) => {
      const read = readAddress(addressOf({ image, task, turn }), images, tasks);
      assert.equal(read.image, image);
      assert.equal(read.task, task);
      for (const [i, part] of read.turn.entries()) assert.ok(Math.abs(part - turn[i]) < 2e-4);
      assert.equal(addressOf(read), addressOf(readAddress(addressOf(read), images, tasks)));
    }),
  );
});

test('a digit that the visitor drew is not in the address', () => {
  const read = readAddress(addressOf({ image: null, task: tasks[1], turn: upright }), images, tasks);
  assert.deepEqual(read, { image: 0, task: tasks[1], turn: upright });
});

test('what an address has wrong is as in no address', () => {
  const start = { image: 0, task: tasks[0], turn: upright };
  const wrong = [
    '',
    '#',
    '#img=50',
    '#img=-1',
    '#img=1.5',
    '#img=x&task=y&q=z',
    '#q=1,2,3',
    '#q=0,0,0,0',
    '#q=1,,x,0',
  ];
  for (const hash of wrong) assert.deepEqual(readAddress(hash, images, tasks), start, hash);
  holds(
    fc.property(fc.string(), (text) => {
      const { image, task, turn } = readAddress(text, images, tasks);
      assert.ok(image !== null && image >= 0 && image < images && tasks.includes(task));
      assert.ok(Math.abs(Math.hypot(...turn) - 1) < 1e-9);
    }),
  );
});

test('a task that the page lacks is replaced by one that it has', () => {
  assert.equal(readAddress('#task=seg', images, ['classification']).task, 'classification');
});
