import { test } from 'node:test';
import { startEngine } from '../../../src/engine/start';
import { assertFlat, assertSameLosses, subjects, takeSteps } from '../../models/steps';
import { startsWebgpu } from './here';

for (const subject of subjects)
  test(`20 steps of training on WebGPU: ${subject.name}`, async (t) => {
    if (!(await startsWebgpu(t))) return;
    const actual = await takeSteps(subject);
    await startEngine({ engine: 'cpu' });
    assertSameLosses(actual, await takeSteps(subject), 'WebGPU');
    assertFlat(actual, 'WebGPU');
  });
