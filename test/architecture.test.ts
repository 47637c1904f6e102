import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { test } from 'node:test';
import { repositoryRoot } from '../src/util/files';

/** Folders of src/ from the ground up; a folder imports only from floors below its own, and from itself. */
const floors = [
  ['util'],
  ['math', 'engine'],
  ['transforms', 'datasets'],
  ['layers'],
  ['models'],
  ['training'],
  ['experiments'],
  ['results'],
  ['running'],
  ['analysis'],
  ['figures'],
  ['notebook'],
  ['lessons'],
  ['commands'],
];

const root = join(repositoryRoot, 'src');

/** Each file of src/ with the files of src/ that it imports or requires, types included. */
function importsOf(): Map<string, string[]> {
  const files = (readdirSync(root, { recursive: true }) as string[]).filter(
    (path) => path.endsWith('.ts') && !path.includes('assembly'),
  );
  return new Map(
    files.map((file) => {
      const source = readFileSync(join(root, file), 'utf8');
      const found = [...source.matchAll(/(?:from|import\(|import|require\()\s*'(\.[^']+)'/g)];
      const targets = found.map(([, path]) => relative(root, join(root, dirname(file), path)));
      return [file, targets.map((path) => `${path}.ts`).filter((path) => existsSync(join(root, path)))];
    }),
  );
}

test('no file imports itself in a circle, not even its types', () => {
  const imports = importsOf();
  const done = new Set<string>();
  const visit = (file: string, path: string[]): void => {
    assert.ok(
      !path.includes(file),
      `import cycle: ${[...path.slice(path.indexOf(file)), file].join(' -> ')}`,
    );
    if (done.has(file)) return;
    for (const next of imports.get(file)!) visit(next, [...path, file]);
    done.add(file);
  };
  for (const file of imports.keys()) visit(file, []);
});

test('each floor of src/ imports only from floors below it', () => {
  const level = (file: string) => floors.findIndex((names) => names.includes(file.split('/')[0]));
  for (const [file, targets] of importsOf()) {
    if (!file.includes('/')) continue; // cli.ts and index.ts stand above
    assert.notEqual(level(file), -1, `${file}: its folder has no floor`);
    for (const target of targets) {
      const isOwn = target.split('/')[0] === file.split('/')[0];
      assert.ok(isOwn || level(target) < level(file), `${file} imports ${target}`);
    }
  }
});
