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
  ['lessons', 'page'],
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

/** The first circle in a graph, as `a -> b -> a`; undefined if there is none. */
function circleIn(graph: ReadonlyMap<string, readonly string[]>): string | undefined {
  const done = new Set<string>();
  const visit = (node: string, path: string[]): string | undefined => {
    if (path.includes(node)) return [...path.slice(path.indexOf(node)), node].join(' -> ');
    if (done.has(node)) return undefined;
    for (const next of graph.get(node) ?? []) {
      const circle = visit(next, [...path, node]);
      if (circle) return circle;
    }
    done.add(node);
    return undefined;
  };
  for (const node of graph.keys()) {
    const circle = visit(node, []);
    if (circle) return circle;
  }
  return undefined;
}

/**
 * Each folder with those that it imports from. A folder and its own subfolders are one room: it may be made of them, and
 * they may share what lies in it, as engine/start.ts starts engine/wasm/, which fulfils engine/backend.ts.
 */
function foldersOf(imports: ReadonlyMap<string, readonly string[]>): Map<string, string[]> {
  const folders = new Map<string, string[]>();
  const inOneRoom = (a: string, b: string) => `${a}/`.startsWith(`${b}/`) || `${b}/`.startsWith(`${a}/`);
  for (const [file, targets] of imports) {
    const own = dirname(file);
    const others = targets.map((target) => dirname(target)).filter((folder) => !inOneRoom(folder, own));
    folders.set(own, [...new Set([...(folders.get(own) ?? []), ...others])]);
  }
  return folders;
}

/** One import that makes each step of a circle of folders. */
function stepsOf(circle: string | undefined, imports: ReadonlyMap<string, readonly string[]>): string {
  if (!circle) return '';
  const folders = circle.split(' -> ');
  return folders
    .slice(1)
    .map((to, i) => {
      for (const [file, targets] of imports) {
        const target = targets.find((path) => dirname(path) === to);
        if (dirname(file) === folders[i] && target) return `${file} imports ${target}`;
      }
      return '';
    })
    .join(', ');
}

test('no file imports itself in a circle, not even its types', () => {
  const circle = circleIn(importsOf());
  assert.equal(circle, undefined, `import cycle: ${circle}`);
});

test('no folder imports itself in a circle, subfolders as well', () => {
  const imports = importsOf();
  const circle = circleIn(foldersOf(imports));
  assert.equal(circle, undefined, `folders in a circle: ${circle} (${stepsOf(circle, imports)})`);
});

test('a circle is found, and named', () => {
  const files = new Map([
    ['a/b/x.ts', ['a/c/y.ts', 'a/z.ts']],
    ['a/z.ts', ['a/c/y.ts']],
    ['a/c/y.ts', ['d/w.ts']],
    ['d/w.ts', ['a/b/v.ts']],
    ['a/b/v.ts', []],
  ]);
  assert.equal(circleIn(files), undefined);
  const circle = circleIn(foldersOf(files));
  assert.equal(circle, 'a/b -> a/c -> d -> a/b');
  assert.equal(
    stepsOf(circle, files),
    'a/b/x.ts imports a/c/y.ts, a/c/y.ts imports d/w.ts, d/w.ts imports a/b/v.ts',
  );
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
