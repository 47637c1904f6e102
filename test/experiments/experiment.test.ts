import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Experiment, experiment, experimentId } from '../../src/experiments/experiment';
import { UsageError } from '../../src/util/check';
import { anExperiment } from './sample';

describe('experiment', () => {
  it('has an id that depends on its content alone, and stays', () => {
    const e = anExperiment();
    const reversed = Object.fromEntries(Object.entries(e).reverse()) as unknown as Experiment;
    assert.equal(experimentId(e), experimentId(reversed));
    // Results are found by it: a change of this value makes every committed result invisible.
    assert.equal(experimentId(e), 'e15b2f1fde28');
  });

  it('has another id if any field differs', () => {
    const ids = new Set([experimentId(anExperiment())]);
    for (const [key, value] of Object.entries(anExperiment()))
      ids.add(
        experimentId({ ...anExperiment(), [key]: typeof value === 'number' ? value + 1 : `${value}x` }),
      );
    assert.equal(ids.size, Object.keys(anExperiment()).length + 1);
  });

  it('cannot be changed', () => {
    const e = experiment(anExperiment());
    assert.throws(() => {
      (e as Experiment).seed = 2;
    }, TypeError);
  });

  it('refuses what cannot be, and says what', () => {
    const refusals: [object, RegExp][] = [
      [{ rotation: 5 }, /unknown key of experiment "rotation": did you mean "rotations"/],
      [{ seed: undefined }, /"seed" is missing/],
      [{ tier: 'quik' }, /unknown tier "quik": did you mean "quick"/],
      [{ dataset: 'minst' }, /unknown data set "minst": did you mean "mnist"/],
      [{ images: 0 }, /images: expected an integer of at least 1, got 0/],
      [{ rotations: 65 }, /rotations: expected an integer from 0 to 64, got 65/],
      [{ learningRate: 0 }, /learningRate: expected more than 0, got 0/],
    ];
    for (const [fields, message] of refusals)
      assert.throws(
        () => experiment({ ...anExperiment(), ...fields } as Experiment),
        (error: Error) => error instanceof UsageError && message.test(error.message),
      );
  });
});
