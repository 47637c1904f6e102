/*
 * A test of the tests: breaks a copy of the sources in planned ways, one at a time, and shows that a test fails each time.
 *   npm run mutations               all of them
 *   npm run mutations -- blocks     those with "blocks" in their name
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { repositoryRoot } from '../../src/util/files';
import { type Mutation, mutations } from './mutations';

type Outcome = 'killed' | 'SURVIVED' | 'NOT APPLIED' | 'FAILS UNBROKEN';

/** A copy of all tracked files, with the same node_modules. */
function copySources(): string {
  const folder = mkdtempSync(join(tmpdir(), 'equisphere-mutations-'));
  const files = execFileSync(
    'git',
    ['ls-files', 'src', 'test', 'notebooks', 'data', 'package.json', 'tsconfig.json'],
    {
      cwd: repositoryRoot,
      encoding: 'utf8',
    },
  );
  for (const file of files.trim().split('\n')) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    cpSync(join(repositoryRoot, file), join(folder, file));
  }
  symlinkSync(join(repositoryRoot, 'node_modules'), join(folder, 'node_modules'));
  return folder;
}

function passes(folder: string, tests: readonly string[]): boolean {
  const run = spawnSync(process.execPath, ['test/run.cjs', ...tests], { cwd: folder, stdio: 'ignore' });
  return run.status === 0;
}

function outcomeOf(folder: string, { file, find, replace, tests }: Mutation): Outcome {
  const path = join(folder, file);
  const source = readFileSync(path, 'utf8');
  if (source.split(find).length !== 2) return 'NOT APPLIED';
  writeFileSync(
    path,
    source.replace(find, () => replace),
  );
  try {
    return passes(folder, tests) ? 'SURVIVED' : 'killed';
  } finally {
    writeFileSync(path, source);
  }
}

const words = process.argv.slice(2);
const chosen = mutations.filter(
  ({ name }) => words.length === 0 || words.some((word) => name.includes(word)),
);
const folder = copySources();
const sound = new Map<string, boolean>();
const counts: Record<string, number> = {};
try {
  for (const mutation of chosen) {
    const key = mutation.tests.join(' ');
    if (!sound.has(key)) sound.set(key, passes(folder, mutation.tests));
    const outcome = sound.get(key) ? outcomeOf(folder, mutation) : 'FAILS UNBROKEN';
    counts[outcome] = (counts[outcome] ?? 0) + 1;
    console.log(`${outcome.padEnd(14)} ${mutation.name}`);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
console.log(
  Object.entries(counts)
    .map(([outcome, count]) => `${count} ${outcome}`)
    .join(', '),
);
process.exit(counts.killed === chosen.length ? 0 : 1);
