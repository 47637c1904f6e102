import { before, test } from 'node:test';
import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';
import { startEngine } from '../../src/engine/start';
import { s2SpectrumSize, s2Synthesis, so3SpectrumSize, so3Synthesis } from '../../src/math/transform';
import { portableAnalysis, portableSynthesis } from '../../src/transforms/portable';
import type { Truncation } from '../../src/transforms/truncation';
import { assertClose } from '../close';
import { holds, normals } from '../properties';

before(() => startEngine({ engine: 'cpu' }));

/** A spectrum of one signal in the layout of portable.ts, [degrees, 1, 2 left - 1, 2 right - 1, 1]. */
function padded(spectrum: Float64Array, { degrees, left, right }: Truncation): tf.Tensor {
  const [rows, columns] = [2 * left - 1, 2 * right - 1];
  const values = new Float32Array(degrees * rows * columns);
  for (let l = 0, at = 0; l < degrees; l++)
    for (let m = -l; m <= l; m++)
      for (let n = right === 1 ? 0 : -l; n <= (right === 1 ? 0 : l); n++)
        values[(l * rows + left - 1 + m) * columns + right - 1 + n] = spectrum[at++];
  return tf.tensor(values, [degrees, 1, rows, columns, 1]);
}

/** Asserts that the synthesis is the one in float64, and that the analysis gives the spectrum back. */
function assertRoundTrip(
  spectrum: Float64Array,
  b: number,
  truncation: Truncation,
  onSphere: boolean,
  grid: Float64Array,
): void {
  tf.tidy(() => {
    const given = padded(spectrum, truncation);
    const x = portableSynthesis(given, b, truncation, onSphere);
    assertClose(x.dataSync(), grid, 1e-5, 'synthesis');
    assertClose(portableAnalysis(x, b, truncation).dataSync(), given.dataSync(), 1e-5, 'analysis');
  });
}

test('on tensors a spectrum on the sphere comes back at any bandwidth, from the grid of the float64 transform', () => {
  holds(
    fc.property(fc.integer({ min: 1, max: 8 }), fc.nat(3), normals, (degrees, finer, normal) => {
      const spectrum = normal(s2SpectrumSize(degrees));
      const b = degrees + finer;
      assertRoundTrip(spectrum, b, { degrees, left: degrees, right: 1 }, true, s2Synthesis(spectrum, b));
    }),
    30,
  );
});

test('and on the group', () => {
  holds(
    fc.property(fc.integer({ min: 1, max: 4 }), fc.nat(2), normals, (degrees, finer, normal) => {
      const spectrum = normal(so3SpectrumSize(degrees));
      const b = degrees + finer;
      const full = { degrees, left: degrees, right: degrees };
      assertRoundTrip(spectrum, b, full, false, so3Synthesis(spectrum, degrees, b));
    }),
    20,
  );
});
