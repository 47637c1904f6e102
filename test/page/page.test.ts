import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import * as tf from '@tensorflow/tfjs';
import { drawGlyphs } from '../../src/datasets/glyphs';
import { startEngine } from '../../src/engine/start';
import { buildNetwork } from '../../src/models/network';
import { Spheres } from '../../src/page/browser/spheres';
import { type Turn, unit } from '../../src/page/browser/turn';
import type { PageNetwork, Payload } from '../../src/page/payload';
import { writePage } from '../../src/page/write';
import { restoreWeights } from '../../src/training/weights';
import { fromFloat16 } from '../../src/util/float16';
import { Random } from '../../src/util/random';
import { chromium, Page } from '../notebook/browser';

const random = Random.of(1, 'turns');
const turns: Turn[] = Array.from({ length: 10 }, () => {
  const [w, x, y, z] = Array.from({ length: 4 }, () => random.normal());
  return unit([w, x, y, z]);
});

describe('the page in Chromium', { skip: !chromium && 'no Chromium here' }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'equisphere-page-'));
  let payload: Payload;
  let page: Page;

  before(async () => {
    const glyphs = drawGlyphs(100, 1, 'test');
    const digits = { name: 'glyphs', source: 'glyphs', train: glyphs, test: glyphs } as const;
    const written = await writePage({ digits, folder });
    payload = written.payload;
    page = await Page.open(`file://${written.path}`);
    await page.until(`[...document.querySelectorAll('.says .digit')].some((d) => d.textContent !== '…')`);
  });

  after(async () => {
    await page?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  test('the keyboard alone turns the sphere', async () => {
    await page.evaluate(`document.getElementById('ball').focus()`);
    const press = (key: string) =>
      page.evaluate(
        `document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key: '${key}', bubbles: true }))`,
      );
    for (let i = 0; i < 3; i++) await press('ArrowUp');
    await page.until(`document.getElementById('readout').textContent === 'tilted 15°'`);
    await press('q');
    await page.until(`document.getElementById('readout').textContent !== 'tilted 15°'`);
  });

  test('the logits of ten turns are those of Node', async () => {
    await startEngine();
    const pixels = new Uint8Array(Buffer.from(payload.images.pixels, 'base64')).slice(0, 784);
    const spheres = new Spheres(payload.bandwidth).take(pixels, turns);
    const inputs = Float32Array.from(spheres, (value) => value / 255);
    for (const network of payload.networks) {
      const expected = await logitsInNode(network, inputs, 2 * payload.bandwidth);
      const actual = (await page.evaluate(askWorker(network, [...pixels]))) as number[];
      assert.equal(actual.length, expected.length);
      const largest = expected.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
      const worst = actual.reduce((most, value, i) => Math.max(most, Math.abs(value - expected[i])), 0);
      // Against the largest: logits of a network that was never shown rotations reach thousands.
      assert.ok(worst < 1e-5 * largest, `${network.name}: logits up to ${largest} differ by ${worst}`);
    }
  });

  test('a link shows its case: image, task and turn', async () => {
    await page.evaluate(`location.hash = '#img=12&task=seg&q=0.5,0.866,0,0'`);
    await page.until(`document.getElementById('readout').textContent === 'tilted 120°'`);
    const pressed = `document.querySelector('[data-task=segmentation]').ariaPressed`;
    assert.equal(await page.evaluate(pressed), 'true');
    const chosen = `[...document.querySelectorAll('#digits button')].findIndex((b) => b.ariaPressed === 'true')`;
    assert.equal(await page.evaluate(chosen), payload.images.labels[12]);
    await page.until(`location.hash.startsWith('#img=12&task=seg&q=0.5')`); // and keeps it while it rests there
  });

  test('a digit that is drawn is put on the sphere and answered', async () => {
    await page.evaluate(`document.getElementById('sketch').open = true`);
    await page.evaluate(`document.getElementById('paper').scrollIntoView()`);
    const box = (await page.evaluate(
      `(({ left, top, width, height }) => [left, top, width, height])(document.getElementById('paper').getBoundingClientRect())`,
    )) as number[];
    const along = Array.from({ length: 9 }, (_, i) => 0.15 + (0.7 * i) / 8);
    await page.drag(along.map((t) => [box[0] + 0.5 * box[2], box[1] + t * box[3]]));
    await page.evaluate(`document.querySelector('[data-task=classification]').click()`);
    await page.evaluate(`document.getElementById('upright').click()`);
    await page.until(`document.getElementById('spoken').textContent.startsWith('Your digit, upright.')`);
    const said = await page.evaluate(
      `[...document.querySelectorAll('.says .digit')].map((d) => d.textContent)`,
    );
    assert.deepEqual((said as string[])[0], '1', 'a stroke from top to bottom, for the S2CNN');
  });

  test('nothing is wider than a telephone, and the console has no errors', async () => {
    await page.resize(390, 844);
    assert.equal(await page.evaluate('document.documentElement.scrollWidth'), 390);
    assert.deepEqual(page.errors, []);
  });
});

async function logitsInNode(about: PageNetwork, inputs: Float32Array, side: number): Promise<Float32Array> {
  const model = buildNetwork(about.network, about.seed);
  const halves = new Uint16Array(Uint8Array.from(Buffer.from(about.weights, 'base64')).buffer);
  const all = fromFloat16(halves);
  let end = 0;
  restoreWeights(
    model,
    about.lengths.map((length) => {
      end += length;
      return all.slice(end - length, end);
    }),
  );
  const x = tf.tensor4d(inputs, [inputs.length / side ** 2, side, side, 1]);
  const y = model.predict(x) as tf.Tensor;
  const values = (await y.data()) as Float32Array;
  tf.dispose([x, y]);
  model.dispose();
  return values;
}

/** An expression: a worker of the page's own script answers for one network, a turn after the other. */
function askWorker({ name, task }: PageNetwork, pixels: number[]): string {
  return `new Promise((resolve, reject) => {
    const payload = JSON.parse(document.getElementById('payload').textContent);
    const script = new Blob([document.getElementById('worker').textContent]);
    const worker = new Worker(URL.createObjectURL(script));
    const turns = ${JSON.stringify(turns)};
    const logits = [];
    const subject = { key: 'test', task: '${task}', pixels: Uint8Array.from(${JSON.stringify(pixels)}), label: 0 };
    const ask = () => worker.postMessage({ kind: 'ask', subject, turn: turns.shift() });
    worker.onmessage = ({ data }) => {
      if (data.kind === 'failed') reject(new Error(data.message));
      if (data.kind === 'answer') for (const value of data.answer.logits) logits.push(value);
      if (turns.length > 0) ask();
      else { worker.terminate(); resolve(logits); }
    };
    const networks = payload.networks.filter((network) => network.name === '${name}');
    worker.postMessage({ kind: 'start', networks, wasm: payload.wasm });
  })`;
}
