import assert from 'node:assert/strict';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { codeCells, type Output, readNotebook } from '../../src/notebook/ipynb';
import { repositoryRoot } from '../../src/util/files';

/** Notebooks that are lessons, with the file of their answers. */
const lessons = {
  '01-the-finding': 'the_finding',
  '02-digits-on-a-sphere': 'digits_on_a_sphere',
  '03-harmonics': 'harmonics',
  '04-convolution-from-nothing': 'convolution_from_nothing',
  '05-inside-a-network': 'inside_a_network',
  '06-training-with-and-without-rotations': 'training',
  '07-the-figures': 'the_figures',
  '08-saturation-curves': 'saturation_curves',
};

for (const [name, answers] of Object.entries(lessons))
  describe(name, () => {
    const path = join(repositoryRoot, 'notebooks', `${name}.ipynb`);
    const notebook = readNotebook(path);
    const text = notebook.cells.map(({ source }) => source).join('\n\n');
    const sections = text.split(/^## (?=\d+\. )/m).slice(1);

    test('each section asks, checks, and sets an exercise with a folded answer', () => {
      assert.ok(sections.length >= 7, `${sections.length} sections`);
      for (const section of sections) {
        const [title] = section.split('\n');
        assert.match(section, /\*\*Predict\.\*\*[\s\S]*\*\(a\)\*[\s\S]*\*\(b\)\*[\s\S]*\*\(c\)\*/, title);
        assert.match(section, /es\.notebookCheck\(/, title);
        assert.match(section, /\*\*Exercise \d+\.\*\*[\s\S]*<details>[\s\S]*<pre>[\s\S]*<\/details>/, title);
      }
    });

    test('each section has a picture', () => {
      const pictures = new Map(sections.map((section) => [section.split('\n')[0], 0]));
      let title: string | undefined;
      for (const { cell_type, source, outputs = [] } of notebook.cells) {
        const titles = cell_type === 'markdown' ? [...source.matchAll(/^## (.*)$/gm)] : [];
        title = titles.length > 0 ? titles[titles.length - 1][1] : title;
        const drawn = outputs.filter((output) => 'data' in output && 'image/png' in output.data).length;
        if (title !== undefined && pictures.has(title)) pictures.set(title, pictures.get(title)! + drawn);
      }
      for (const [section, count] of pictures) assert.ok(count > 0, section);
    });

    test('a head and a tail', () => {
      for (const part of ['**Goal:**', '**Time:**', '**Precomputed:**', '**Recap.**', '## What we know now', '## References'])
        assert.ok(text.includes(part), part); // biome-ignore format: a list
    });

    test('cells are short', () => {
      for (const { source } of codeCells(notebook)) {
        const lines = source.split('\n');
        assert.ok(lines.length <= 12, `${lines.length} lines: ${lines[0]}`);
        for (const line of lines) assert.ok(line.length <= 96, `${line.length} characters: ${line}`);
      }
    });

    test('the answers are those of the answers file, all of them', () => {
      const file = readFileSync(join(repositoryRoot, 'notebooks', 'answers', `${answers}.ts`), 'utf8');
      const tested = file.replaceAll('export ', '');
      const blocks = [...text.matchAll(/<pre><code>([\s\S]*?)<\/code><\/pre>/g)];
      const shown = blocks.map(([, code]) => unescaped(code));
      for (const code of shown) assert.ok(tested.includes(code), `not in ${answers}.ts:\n${code}`);
      const functions = [...file.matchAll(/export (?:async )?function (\w+)/g)].map(([, found]) => found);
      for (const found of functions)
        assert.ok(
          shown.some((code) => code.includes(`function ${found}(`)),
          found,
        );
    });

    test('it was run without errors, and is small', () => {
      const outputs: Output[] = notebook.cells.flatMap((cell) => cell.outputs ?? []);
      assert.ok(outputs.length >= sections.length);
      assert.ok(outputs.every(({ output_type }) => output_type !== 'error'));
      assert.ok(statSync(path).size < 1_000_000, `${statSync(path).size} bytes`);
    });
  });

/** HTML to text. */
function unescaped(html: string): string {
  return html.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}
