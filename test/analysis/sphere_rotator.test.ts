import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import * as tf from '@tensorflow/tfjs';
import { SphereRotator } from '../../src/analysis/sphere_rotator';
import { startEngine } from '../../src/engine/start';
import { inverse, randomRotation } from '../../src/math/rotation';
import { rotateS2 } from '../../src/math/spectral_rotation';
import { Random } from '../../src/util/random';

before(() => startEngine({ engine: 'wasm' }));

test('batches are rotated as single signals are, channel by channel, and back', async () => {
  const b = 6;
  const random = Random.of(1, 'rotator');
  const rotation = randomRotation(random);
  const values = Float32Array.from({ length: 2 * 4 * b * b * 3 }, () => random.normal());
  const before = tf.memory().numTensors;
  const rotator = new SphereRotator(b);
  const x = tf.tensor4d(values, [2, 2 * b, 2 * b, 3]);
  const rotated = rotator.rotate(x, rotation);
  const found = await rotated.data();
  const back = rotator.rotate(rotated, inverse(rotation));
  const returned = await back.data();
  for (let n = 0; n < 2; n++)
    for (let c = 0; c < 3; c++) {
      const at = (i: number) => (n * 4 * b * b + i) * 3 + c;
      const signal = Float64Array.from({ length: 4 * b * b }, (_, i) => values[at(i)]);
      const wanted = rotateS2(signal, b, rotation);
      const limited = rotateS2(signal, b, Float64Array.of(1, 0, 0, 0, 1, 0, 0, 0, 1));
      for (let i = 0; i < signal.length; i++) {
        assert.ok(Math.abs(found[at(i)] - wanted[i]) < 1e-4);
        assert.ok(Math.abs(returned[at(i)] - limited[i]) < 1e-4);
      }
    }
  tf.dispose([x, rotated, back]);
  rotator.dispose();
  assert.equal(tf.memory().numTensors, before);
});
