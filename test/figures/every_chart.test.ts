import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Figure } from '../../src/figures/parts/figure';
import { narrowWidth, wideWidth } from '../../src/figures/parts/theme';
import { pageBox } from '../../src/figures/render/page/boxes';
import { plotlyPage } from '../../src/figures/render/page/window';
import { renderFigure } from '../../src/figures/render/render';
import { chartsOfWidth } from './studies';
import { tracesOf, wordsOf } from './trace';

const widths = [wideWidth, narrowWidth];

test('every chart describes itself, keeps its rows, and says what is unknown nowhere', () => {
  for (const [name, { alt, caption = '', rows = [] }] of Object.entries(chartsOfWidth(wideWidth))) {
    const words = [alt, caption, JSON.stringify(rows)].join(' ');
    assert.ok(alt.length > 60 && rows.length > 0, name);
    assert.doesNotMatch(words, /<|undefined|NaN/, name);
  }
});

test('no chart shows the path of a file, or the variable that leads to one', () => {
  for (const [name, figure] of Object.entries(chartsOfWidth(wideWidth)))
    assert.doesNotMatch(
      [wordsOf(figure), figure.alt, figure.caption].join(' '),
      /\$|EQUISPHERE|\w\/\w+\//,
      name,
    );
});

test('points of networks that had not converged are hollow, and counted below the title', () => {
  const { collapse, printed, saturation, printedSaturation, ...charts } = chartsOfWidth(wideWidth);
  const counts = { augmentation: '2 of 6', paper: '2 of 6', rotations: '2 of 6', cost: '2 of 7', gap: '1 of 1', training: '1 of 3' }; // biome-ignore format: one line
  for (const [name, figure] of Object.entries(charts)) {
    assert.match(
      wordsOf(figure),
      new RegExp(`Hollow: not converged, ${counts[name as keyof typeof counts]}`),
      name,
    );
    const hollow = tracesOf(figure)
      .flatMap(({ marker }) => [marker?.color ?? []].flat())
      .filter((color) => color === 'white');
    const wanted = Number(counts[name as keyof typeof counts][0]);
    assert.equal(hollow.length, name === 'training' ? 2 * wanted : wanted, name); // loss and score
  }
  assert.match(wordsOf(saturation), /Hollow: \d of 14 runs had not converged/);
  assert.doesNotMatch(wordsOf(printed), /[Hh]ollow|converged/);
});

for (const width of widths)
  test(`all text of every chart lies inside it, ${width} pixels wide`, async () => {
    for (const [name, figure] of Object.entries(chartsOfWidth(width))) {
      assert.equal(figure.layout.width, width, name);
      for (const { text, left, right, top, bottom } of await textsOf(figure)) {
        const where = `${name}: "${text}" from ${Math.round(left)}, ${Math.round(top)} to ${Math.round(right)}, ${Math.round(bottom)}`;
        assert.ok(
          left >= -1 && right <= width + 1 && top >= -1 && bottom <= figure.layout.height! + 1,
          where,
        );
      }
    }
  });

test('the lines below the title end above the plot', async () => {
  for (const width of widths)
    for (const [name, figure] of Object.entries(chartsOfWidth(width))) {
      const [, below] = await textsOf(figure); // the title, then its lines
      assert.ok(below.bottom <= figure.layout.margin!.t! + 3, `${name}, ${width}: ${below.bottom}`);
    }
});

/** The texts of a drawn figure with their boxes, title first. */
async function textsOf(figure: Figure) {
  const { document } = plotlyPage();
  document.body.innerHTML = (await renderFigure(figure)).svg;
  const texts = Array.from(document.querySelectorAll('text'), (element) => ({
    text: element.textContent,
    isTitle: element.getAttribute('class')?.includes('gtitle') ? 1 : 0,
    ...pageBox(element),
  }));
  document.body.innerHTML = '';
  return texts.filter(({ text }) => text).sort((a, b) => b.isTitle - a.isTitle);
}
