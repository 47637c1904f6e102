import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
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
    (path) => /\.(ts|cjs)$/.test(path) && !path.includes('assembly'),
  );
  return new Map(
    files.map((file) => {
      const source = readFileSync(join(root, file), 'utf8');
      const found = [...source.matchAll(/(?:from|import\(|import|require\()\s*'(\.[^']+)'/g)];
      const targets = found.map(([, path]) => relative(root, join(root, dirname(file), path)));
      return [
        file,
        targets.flatMap((path) => files.find((other) => other === path || other === `${path}.ts`) ?? []),
      ];
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

/** Each folder, that is the files that lie in it and in none of its subfolders, with those that it imports from. */
function foldersOf(imports: ReadonlyMap<string, readonly string[]>): Map<string, string[]> {
  const folders = new Map<string, string[]>();
  for (const [file, targets] of imports) {
    const own = dirname(file);
    const others = targets.map((target) => dirname(target)).filter((folder) => folder !== own);
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

test('no folder imports itself in a circle, its subfolders are folders of their own', () => {
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

test('a folder and its subfolder that import each other are a circle', () => {
  const files = new Map([
    ['a/start.ts', ['a/b/x.ts']],
    ['a/b/x.ts', ['a/base.ts']],
    ['a/base.ts', []],
  ]);
  assert.equal(circleIn(files), undefined);
  assert.equal(circleIn(foldersOf(files)), 'a -> a/b -> a');
});

test('no engine is named outside engine/ and the page: what an engine is like stands in its report', () => {
  for (const file of importsOf().keys()) {
    if (file.startsWith('engine/') || file.startsWith('page/')) continue;
    const found = readFileSync(join(root, file), 'utf8').match(/'(node-gpu|webgpu|wasm|cpu)'/);
    assert.equal(found, null, `${file} names ${found?.[0]}`);
  }
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
