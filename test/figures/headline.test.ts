import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Amount, comparison } from '../../src/figures/parts/headline';

/** Scores at amounts, with the range of two seeds. */
function amounts(scores: Record<number, number>, half = 0, converged = true): Amount[] {
  return Object.entries(scores).map(([count, mean]) => {
    return { count: Number(count), score: { mean, low: mean - half, high: mean + half }, converged };
  });
}

const rotated = amounts({ 10000: 40, 240000: 60, 1200000: 64 });

test('a finding names the fewest unrotated images that no plain network comes near', () => {
  const unrotated = amounts({ 1000: 50, 10000: 70, 60000: 78 });
  const { level, finding } = comparison(unrotated, rotated, 'digits');
  assert.equal(finding, '10,000 unrotated digits beat 1,200,000 rotated ones');
  assert.equal(level, unrotated[1]);
});

test('ranges that nearly touch are no finding: less than a point between them', () => {
  assert.equal(comparison(amounts({ 10000: 64.9 }), rotated, 'digits').finding, undefined);
  assert.equal(comparison(amounts({ 10000: 70 }, 5.5), rotated, 'digits').finding, undefined);
  assert.ok(comparison(amounts({ 10000: 70 }, 4.5), rotated, 'digits').finding);
});

test('plain networks that had not converged are beaten "so far"', () => {
  const early = amounts({ 10000: 40, 1200000: 64 }, 0, false);
  const { finding } = comparison(amounts({ 10000: 70 }), early, 'garments');
  assert.equal(finding, '10,000 unrotated garments beat 1,200,000 rotated ones so far');
});

test('where augmentation catches up, the finding says with how many images', () => {
  const { level, finding } = comparison(amounts({ 1000: 30, 10000: 55, 60000: 58 }), rotated, 'digits');
  assert.equal(finding, '240,000 rotated digits do what 10,000 unrotated ones do');
  assert.equal(level?.count, 10000);
});

test('images that no training saw do not count', () => {
  const seen = rotated.map((amount) => ({ ...amount, seen: 320000 }));
  const { finding } = comparison(amounts({ 10000: 70 }), seen, 'digits');
  assert.equal(finding, '10,000 unrotated digits beat 320,000 rotated ones');
  const few = rotated.map((amount) => ({ ...amount, seen: 5000 }));
  assert.equal(comparison(amounts({ 10000: 70 }), few, 'digits').finding, undefined);
});

test('nothing is said where rotated images do as well one for one, or where more images beat fewer', () => {
  assert.equal(comparison(amounts({ 10000: 40 }), rotated, 'digits').finding, undefined);
  assert.equal(comparison(amounts({ 60000: 80 }), amounts({ 10000: 40 }), 'digits').finding, undefined);
  assert.deepEqual(comparison([], rotated, 'digits'), { level: undefined });
});
