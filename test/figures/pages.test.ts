import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { JSDOM } from 'jsdom';
import type { Figure } from '../../src/figures/parts/figure';
import { exportFigure } from '../../src/figures/render/export';
import { figureSections, indexPage } from '../../src/figures/render/index_page';
import { repositoryRoot } from '../../src/util/files';

const folder = () => mkdtempSync(join(tmpdir(), 'pages-'));
const figure = (title: string, type: 'scatter' | 'scatterpolar' = 'scatter'): Figure => ({
  data: [type === 'scatter' ? { type, x: [1, 2], y: [3, 4] } : { type, r: [1, 2], theta: [3, 4] }],
  layout: { width: 300, height: 200, title: { text: `<b>${title}</b>` } },
  alt: `Instead of ${title}`,
  caption: `Below ${title}`,
}); // biome-ignore format: short

test('the pages of a fresh clone find their plotly: the file is committed, of the version that draws the pictures', () => {
  const file = 'figures/plotly-cartesian.min.js';
  const { status } = spawnSync('git', ['check-ignore', '-q', file], { cwd: repositoryRoot });
  assert.notEqual(status, 0, `${file} is ignored`);
  const [, version] =
    readFileSync(join(repositoryRoot, file), 'utf8').match(/cartesian - minified\) v([\d.]+)/) ?? [];
  assert.equal(version, require('plotly.js-dist/package.json').version);
});

test('a page that shows what the small file cannot draw has the whole plotly beside it', async () => {
  const dir = folder();
  await exportFigure('round', figure('A circle', 'scatterpolar'), dir);
  assert.match(readFileSync(join(dir, 'round.html'), 'utf8'), /src: 'plotly\.js'/);
  assert.ok(existsSync(join(dir, 'plotly.js')));
  assert.ok(!existsSync(join(dir, 'plotly-cartesian.min.js')));
});

test('the text alternative stands in the place of the picture alone, the caption below it', async () => {
  const dir = folder();
  await exportFigure('one', figure('A title'), dir);
  const { document } = new JSDOM(readFileSync(join(dir, 'one.html'), 'utf8')).window;
  assert.equal(document.querySelector('img')?.alt, 'Instead of A title');
  assert.match(document.querySelector('figcaption')?.textContent ?? '', /^Below A title the picture$/);
  assert.doesNotMatch(document.body.textContent!.replace(/const \{ data.*/, ''), /Instead of/);
});

test('a figure that is drawn for telephones, too, shows them that picture', async () => {
  const dir = folder();
  const paths = await exportFigure('one', figure('A title'), dir, { narrow: figure('A narrow title') });
  assert.ok(paths.includes(join(dir, 'one-narrow.svg')));
  assert.match(readFileSync(join(dir, 'one-narrow.svg'), 'utf8'), /A narrow title/);
  const { document } = new JSDOM(readFileSync(join(dir, 'one.html'), 'utf8')).window;
  assert.equal(document.querySelector('source')?.getAttribute('srcset'), 'one-narrow.svg');
});

test('the index groups figures under their headings, and has no scripts', () => {
  const named = ['a', 'b', 'c'].map((name, i) => {
    const section = i === 1 ? 'Two' : 'One';
    return { name, section, figure: figure(`<i>${name}</i> & more`), narrow: figure(name) };
  });
  const html = indexPage('A page', figureSections(named, 'below'));
  const { document } = new JSDOM(html).window;
  assert.deepEqual(
    Array.from(document.querySelectorAll('h2'), (h) => h.textContent),
    ['One', 'Two'],
  );
  assert.deepEqual(
    Array.from(document.images, (i) => i.getAttribute('src')),
    ['below/a.svg', 'below/c.svg', 'below/b.svg'],
  );
  assert.equal(document.querySelectorAll('script').length, 0);
  for (const link of document.querySelectorAll('figcaption a'))
    assert.match(link.getAttribute('aria-label')!, /^[abc] & more, interactive$/);
});
