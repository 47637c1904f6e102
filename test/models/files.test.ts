import assert from 'node:assert/strict';
import { mkdtempSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import * as tf from '@tensorflow/tfjs';
import { startEngine } from '../../src/engine/start';
import { loadModel } from '../../src/models/files';
import { subjects } from './steps';

const folder = () => mkdtempSync(join(tmpdir(), 'model-'));

before(() => startEngine({ engine: 'wasm' }));

describe('a model saved to a folder', () => {
  for (const { name, make } of subjects)
    it(`predicts the same when loaded: ${name}`, async () => {
      const [model, path] = [make(), folder()];
      const x = tf.randomUniform([2, 6, 6, 1], 0, 1, 'float32', 3);
      const expected = await (model.predict(x) as tf.Tensor).data();
      const { modelArtifactsInfo } = await model.save(`file://${path}`);
      assert.equal(modelArtifactsInfo.weightDataBytes, 4 * model.countParams());
      for (const loaded of [await tf.loadLayersModel(`file://${path}/model.json`), await loadModel(path)]) {
        assert.deepEqual(await (loaded.predict(x) as tf.Tensor).data(), expected);
        const again = folder();
        await loaded.save(`file://${again}`);
        assert.deepEqual(await ((await loadModel(again)).predict(x) as tf.Tensor).data(), expected);
      }
    });

  it('is looked for where it was said to be', async () => {
    const path = folder();
    await assert.rejects(loadModel(path), {
      name: 'UsageError',
      message: /no saved model: .*model\.json is not there/,
    });
    writeFileSync(join(path, 'model.json'), 'rubbish');
    await assert.rejects(loadModel(path), { name: 'UsageError', message: /model\.json: not a saved model/ });
    await subjects[0].make().save(`file://${path}`);
    truncateSync(join(path, 'weights.bin'), 100);
    await assert.rejects(loadModel(path));
  });

  it('leaves the address to the handler of an engine that has one', async () => {
    const handler: tf.io.IOHandler = { load: async () => ({}) };
    const path = `file://${folder()}/model.json`;
    assert.equal(tf.io.getLoadHandlers(path).length, 1);
    let answers = true;
    tf.io.registerLoadRouter((url) =>
      answers && url === path ? handler : (null as unknown as tf.io.IOHandler),
    );
    assert.deepEqual(tf.io.getLoadHandlers(path), [handler]);
    answers = false;
    assert.equal(tf.io.getLoadHandlers(path).length, 1);
  });
});
