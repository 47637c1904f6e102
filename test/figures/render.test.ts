import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inflateSync } from 'node:zlib';
import { Resvg } from '@resvg/resvg-js';
import type { Figure } from '../../src/figures/parts/figure';
import { encodePng } from '../../src/figures/render/page/png';
import { textBox } from '../../src/figures/render/page/text';
import { plotlyPage } from '../../src/figures/render/page/window';
import { renderFigure } from '../../src/figures/render/render';

const line: Figure = {
  data: [
    {
      type: 'scatter',
      x: [1, 2, 3],
      y: [0.001, 0.002, 0.003],
      name: 'a',
      text: ['p', 'q', 'r'],
      mode: 'text+lines',
    },
  ],
  layout: {
    width: 300,
    height: 200,
    title: { text: 'Score <b>0.12345</b>' },
    xaxis: { title: { text: 'images' } },
  },
  alt: 'A "line" & more',
};
const heatmap: Figure = {
  data: [{ type: 'heatmap', z: [[0, 1], [2, null]], zmin: 0, zmax: 2, showscale: false, colorscale: [[0, '#ff0000'], [0.5, '#00ff00'], [1, '#0000ff']] }],
  layout: { width: 200, height: 200, margin: { l: 0, r: 0, t: 0, b: 0 }, xaxis: { visible: false }, yaxis: { visible: false } },
  alt: 'Four cells',
}; // biome-ignore format: rows of cells

/** The colour of a pixel as [red, green, blue]. */
function pixel(svg: string, x: number, y: number): number[] {
  const image = new Resvg(
    svg.replaceAll('image-rendering: pixelated', 'image-rendering: optimizeSpeed'),
  ).render();
  return [...image.pixels.subarray(4 * (y * image.width + x), 4 * (y * image.width + x) + 3)];
}

test('the same figure gives the same bytes, whatever was drawn before', async () => {
  const first = await renderFigure(line);
  await renderFigure(heatmap);
  const second = await renderFigure(line);
  assert.equal(second.svg, first.svg);
  assert.ok(second.png.equals(first.png));
});

test('figures asked for at once do not disturb each other', async () => {
  const alone = await renderFigure(line);
  const [, together] = await Promise.all([renderFigure(heatmap), renderFigure(line), renderFigure(heatmap)]);
  assert.equal(together.svg, alone.svg);
});

test('drawing leaves the figure as it was', async () => {
  const before = JSON.stringify(line);
  await renderFigure(line);
  assert.equal(JSON.stringify(line), before);
});

test('the SVG carries the description, the texts unchanged, and coordinates of two decimals', async () => {
  const { svg } = await renderFigure(line);
  assert.match(svg, /^<svg role="img" aria-label="A &quot;line&quot; &amp; more" /);
  assert.match(svg, />0\.12345</);
  assert.doesNotMatch(svg, / d="[^"]*\d\.\d{3}/);
});

test('the PNG has `scale` times the pixels of the layout', async () => {
  const { png, width, height } = await renderFigure(line, { scale: 3 });
  assert.deepEqual([width, height], [300, 200]);
  assert.deepEqual([png.readUInt32BE(16), png.readUInt32BE(20)], [900, 600]);
});

test('cells of a heatmap are sharp and in place; a cell without a value is empty', async () => {
  const { svg } = await renderFigure(heatmap);
  assert.deepEqual(pixel(svg, 50, 150), [255, 0, 0]);
  assert.deepEqual(pixel(svg, 97, 150), [255, 0, 0]);
  assert.deepEqual(pixel(svg, 103, 150), [0, 255, 0]);
  assert.deepEqual(pixel(svg, 50, 50), [0, 0, 255]);
  assert.deepEqual(pixel(svg, 150, 50), [255, 255, 255]);
});

test('typed arrays are drawn like plain ones', async () => {
  const typed = { ...line, data: [{ ...line.data[0], x: Float32Array.of(1, 2, 3) }] } as Figure;
  assert.equal((await renderFigure(typed)).svg, (await renderFigure(line)).svg);
});

test('a layout without a size is refused; the next figure is drawn all the same', async () => {
  await assert.rejects(renderFigure({ ...line, layout: {} }), /needs a width and a height/);
  await assert.rejects(renderFigure({ ...line, data: [{ type: 'scatter', get x(): never { throw new Error('x'); } }] })); // biome-ignore format: short
  assert.ok((await renderFigure(line)).svg.length > 0);
});

test('a trace that needs WebGL is refused: plotly would wait for it for ever', async () => {
  const surface: Figure = { ...line, data: [{ type: 'surface', z: [[1, 2], [3, 4]] }] }; // biome-ignore format: short
  await assert.rejects(renderFigure(surface), /"surface" need WebGL/);
});

test('text is as wide as its letters', () => {
  const { document } = plotlyPage();
  const box = (content: string, style = '') => {
    document.body.innerHTML = `<svg><text style="font-family: Open Sans; font-size: 20px; ${style}" x="5" y="30">${content}</text></svg>`;
    return textBox(document.querySelector('text')!)!;
  };
  const width = (content: string, style?: string) => box(content, style).right - box(content, style).left;
  assert.ok(width('MMMM') > 3 * width('iiii'), 'wide letters against narrow ones');
  assert.ok(width('Score', 'font-weight: bold') > width('Score'));
  assert.ok(Math.abs(width('Score', 'font-size: 40px') / width('Score') - 2) < 0.02);
  assert.equal(box('Score').left, 5);
  const [start, middle, end] = ['start', 'middle', 'end'].map(
    (anchor) => box('Score', `text-anchor: ${anchor}`).left,
  );
  assert.ok(Math.abs(start + end - 2 * middle) < 1e-9 && end < middle);
  document.body.innerHTML = '';
});

test('encodePng writes the pixels that resvg reads', () => {
  const rgba = Uint8Array.of(255, 0, 0, 255, 0, 0, 255, 255);
  const png = encodePng(2, 1, rgba);
  const data = png.subarray(png.indexOf('IDAT') + 4, png.indexOf('IEND') - 8);
  assert.deepEqual([...inflateSync(data)], [0, ...rgba]);
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="2" height="1"><image width="2" height="1" xlink:href="data:image/png;base64,${png.toString('base64')}"/></svg>`;
  assert.deepEqual([pixel(svg, 0, 0), pixel(svg, 1, 0)], [[255, 0, 0], [0, 0, 255]]); // biome-ignore format: pairs
});
