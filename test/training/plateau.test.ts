import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Fall, fallAfter, hasConverged, latestFall, noFall } from '../../src/training/plateau';

/** A validation every 10 steps, with these scores. */
function scoresAt(...scores: number[]) {
  return scores.map((score, i) => ({ step: 10 * (i + 1), score }));
}

/** The fall as a training of `steps` steps finds it, validation after validation. */
function fallOf(scores: number[], steps: number): Fall {
  const all = scoresAt(...scores);
  return all.reduce(
    (fall, _, i) => fallAfter(all.slice(0, i + 1), fall, steps, 'classification'),
    latestFall(steps),
  );
}

describe('the fall of a trapezoid', () => {
  it('is the last fifth of the budget at the latest, and ends with it', () => {
    for (const [steps, from] of [
      [1, 1],
      [2, 2],
      [7, 6],
      [10, 8],
      [100, 80],
      [101, 81],
      [4999, 4000],
    ])
      assert.deepEqual(latestFall(steps), { from, end: steps, atPlateau: false });
    assert.deepEqual(fallOf([30, 40, 50, 60, 70, 80, 85, 90, 95, 99], 100), latestFall(100));
  });

  it('begins at a plateau, and lasts a quarter of the steps done', () => {
    // At 60 the best is 62, and 60.5 was reached by step 40.
    assert.deepEqual(fallOf([30, 50, 60, 61.5, 61, 62], 150), { from: 60, end: 75, atPlateau: true });
    // One point more is no plateau.
    assert.deepEqual(fallOf([30, 50, 60, 61, 61, 62], 150), latestFall(150));
  });

  it('begins at a plateau that shows when the budget would begin it, too', () => {
    assert.deepEqual(fallOf([30, 50, 66, 68, 70.5, 71, 71, 71], 100), {
      from: 80,
      end: 100,
      atPlateau: true,
    });
  });

  it('never begins before a third of the budget, nor a second time', () => {
    const still = [50, 50, 50, 50, 50, 50];
    assert.deepEqual(fallOf(still, 150), { from: 50, end: 62, atPlateau: true });
    assert.deepEqual(fallOf(still, 180), { from: 60, end: 75, atPlateau: true });
    assert.deepEqual(fallOf([...still, 60, 60], 180), { from: 60, end: 75, atPlateau: true });
    assert.deepEqual(fallOf(still.slice(0, 4), 150), latestFall(150));
  });

  it('is not begun by a plateau at chance, nor by scores that are none', () => {
    assert.deepEqual(fallOf([11, 12, 12, 12, 20, 20], 100), latestFall(100));
    assert.deepEqual(fallOf([11, 12, 20.1, 20.1, 20.1, 20.1, 20.1], 100), {
      from: 60,
      end: 75,
      atPlateau: true,
    });
    assert.deepEqual(fallOf([NaN, NaN, NaN, NaN, NaN, NaN], 100), latestFall(100));
    assert.deepEqual(fallOf([NaN, 50, NaN, 50], 100), { from: 40, end: 50, atPlateau: true });
    const segmentation = scoresAt(0, 1.9, 1.9, 2);
    assert.deepEqual(fallAfter(segmentation, latestFall(100), 100, 'segmentation'), latestFall(100));
    segmentation[3].score = 2.1;
    assert.ok(fallAfter(segmentation, latestFall(100), 100, 'segmentation').atPlateau);
  });

  it('is not begun by less than a point in a third while a low score climbs by a tenth', () => {
    // Of a training on clothes: its best third after third gains 0.8, and it doubled when it went on.
    const slow = [1.7, 4.1, 6.7, 7.2, 8.4, 11.1, 8.9, 12.4, 11.9, 13.2, 12.7, 12.7];
    const fall = (scores: number[]) =>
      fallAfter(scoresAt(...scores), latestFall(320), 320, 'segmentation').atPlateau;
    assert.ok(!fall(slow));
    assert.ok(fall(slow.map((score) => score + 20))); // the same from a higher level
    assert.ok(fall([...slow.slice(0, 4), 11.5, 11.4, 11.5, 11.6, 12, 12.3, 12.2, 12.1]));
  });

  it('needs a score in the first two thirds to compare with', () => {
    assert.deepEqual(
      fallAfter([{ step: 40, score: 90 }], latestFall(100), 100, 'classification'),
      latestFall(100),
    );
  });
});

describe('another schedule', () => {
  it('has no fall', () => {
    assert.deepEqual(noFall(7), { from: 7, end: 7, atPlateau: false });
  });

  const converged = (bestStep: number, ...scores: number[]) =>
    hasConverged(scoresAt(...scores), bestStep, 'classification');

  it('has converged if its best step lies in the first two thirds', () => {
    assert.ok(converged(40, 50, 60, 70, 80, 75, 70));
    assert.ok(!converged(50, 50, 60, 70, 80, 81, 70));
  });

  it('has converged if the last third gained less than a point', () => {
    assert.ok(converged(60, 50, 60, 70, 80, 80.5, 80.9));
    assert.ok(!converged(60, 50, 60, 70, 80, 80.5, 81));
    assert.ok(!converged(10, 80));
  });

  it('has never converged at chance', () => {
    assert.ok(!converged(10, 15, 12, 11, 11, 12, 11));
    assert.ok(!converged(60, 10, 10, 10, 10, 10, 10.5));
    assert.ok(!converged(10, NaN, NaN, NaN));
    assert.ok(!hasConverged(scoresAt(0, 0, 0, 1, 1, 1.5), 40, 'segmentation'));
  });
});
