import { test } from 'node:test';
import { startEngine } from '../../src/engine/start';
import { providers, starts } from '../engine/compare';
import { assertFlat, assertSameLosses, subjects, takeSteps } from './steps';

for (const subject of subjects)
  test(`the losses of 20 steps agree between engines and providers: ${subject.name}`, async () => {
    await startEngine({ engine: 'cpu' });
    const expected = await takeSteps(subject);
    for (const gemm of providers) {
      if (!(await starts(gemm))) continue;
      const actual = await takeSteps(subject);
      assertSameLosses(actual, expected, gemm);
      assertFlat(actual, gemm);
    }
  });
