import assert from 'node:assert/strict';
import { test } from 'node:test';
import { canDraw, missingLetters, withSystemFonts } from '../../src/figures/render/page/missing_letters';
import { renderFigure } from '../../src/figures/render/render';

const titled = (text: string) => ({
  data: [],
  layout: { width: 300, height: 200, title: { text } },
  alt: text,
});

test('letters that the bundled font lacks are found, each once; others are not', () => {
  assert.deepEqual(missingLetters('Équivariance − α, β · “Ω” 球面の球'), ['球', '面', 'の']);
  assert.deepEqual(missingLetters('plain text'), []);
});

test('a title that the bundled font cannot draw does not vanish without a word', async () => {
  const log: string[] = [];
  await renderFigure(titled('球面 spheres'), { log: (line) => log.push(line) });
  const canMachine = canDraw('球', withSystemFonts);
  assert.match(log.join('\n'), canMachine ? /Open Sans lacks "球面"/ : /no font here has "球面"/);
});

test('a title that it can draw is drawn without a word', async () => {
  const log: string[] = [];
  await renderFigure(titled('Équivariance − α · β'), { log: (line) => log.push(line) });
  assert.deepEqual(log, []);
});
