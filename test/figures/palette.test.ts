import assert from 'node:assert/strict';
import { test } from 'node:test';
import { classColors, seriesStyle } from '../../src/figures/parts/theme';

type Triple = readonly number[];

/** Linear red, green and blue as eyes see them that lack one kind of cones (Machado, Oliveira, Fernandes 2009). */
const eyes: Record<string, Triple[]> = {
  'full colour vision': [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
  protanopia: [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
  deuteranopia: [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]],
  tritanopia: [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.3039]],
}; // biome-ignore format: matrices

/** Digits that follow each other, or are easily taken for each other. */
const confused = '01 12 23 34 45 56 67 78 89 06 17 27 35 38 49 58 79'
  .split(' ')
  .map((pair) => [Number(pair[0]), Number(pair[1])]);

function linear(hex: string): number[] {
  return [1, 3, 5].map((i) => {
    const value = Number.parseInt(hex.slice(i, i + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
}

function times(matrix: readonly Triple[], v: Triple): number[] {
  return matrix.map((row) => row.reduce((sum, value, i) => sum + value * v[i], 0));
}

/** Oklab (Ottosson 2020), in which equal distances look about equally large, times 100. */
function oklab(rgb: Triple): number[] {
  const cones = times([[0.4122214708, 0.5363325363, 0.0514459929], [0.2119034982, 0.6806995451, 0.1073969566], [0.0883024619, 0.2817188376, 0.6299787005]], rgb).map(Math.cbrt);
  return times([[21.04542553, 79.3617785, -0.40720468], [197.79984951, -242.8592205, 45.05937099], [2.59040371, 78.27717662, -80.8675766]], cones);
} // biome-ignore format: matrices

/** Lightness L* of CIE 1976, 0 to 100: what is left in grey. */
function lightness(hex: string): number {
  const [y] = times([[0.2126, 0.7152, 0.0722]], linear(hex));
  return y > 0.008856 ? 116 * Math.cbrt(y) - 16 : 903.3 * y;
}

function distance(a: string, b: string, eye: Triple[]): number {
  const [p, q] = [a, b].map((hex) =>
    oklab(times(eye, linear(hex)).map((value) => Math.max(0, Math.min(1, value)))),
  );
  return Math.hypot(...p.map((value, i) => value - q[i]));
}

test('any two classes, the background too, are told apart by every kind of eyes', () => {
  for (const [name, eye] of Object.entries(eyes)) {
    const least = name === 'full colour vision' ? 16 : 10; // 2 is just noticeable, side by side
    classColors.forEach((a, i) => {
      for (const b of classColors.slice(i + 1)) {
        const apart = distance(a, b, eye);
        assert.ok(apart >= least, `${name}: ${a} and ${b} are ${apart.toFixed(1)} apart`);
      }
    });
  }
});

test('in grey, too, digits are told apart that follow each other or look alike, as 4 and 5, 7 and 8', () => {
  const digits = classColors.slice(1).map(lightness);
  for (const [a, b] of confused) {
    const apart = Math.abs(digits[a] - digits[b]);
    assert.ok(apart >= 20, `${a} and ${b} are ${apart.toFixed(1)} apart`);
  }
  for (let a = 0; a < 10; a++)
    for (let b = a + 1; b < 10; b++) assert.ok(Math.abs(digits[a] - digits[b]) >= 5, `${a} and ${b}`);
});

test('series that may stand in one chart are told apart by every kind of eyes', () => {
  const colors = [seriesStyle('s2cnn', 0), ...[0, 1, 2].map((rank) => seriesStyle('cnn', rank))].map(
    (s) => s.color,
  );
  for (const [name, eye] of Object.entries(eyes))
    colors.forEach((a, i) => {
      for (const b of colors.slice(i + 1))
        assert.ok(distance(a, b, eye) >= 10, `${name}: ${a}, ${b}: ${distance(a, b, eye)}`);
    });
});

test('the words of a series have the contrast that small text needs on white', () => {
  for (const style of [0, 1]
    .map((i) => seriesStyle('s2cnn', i))
    .concat([0, 1, 2, 3, 4].map((i) => seriesStyle('cnn', i)))) {
    const [y] = times([[0.2126, 0.7152, 0.0722]], linear(style.textColor));
    assert.ok(1.05 / (y + 0.05) >= 4.5, style.textColor);
  }
});
