import assert from 'node:assert/strict';
import { relative } from 'node:path';
import { test } from 'node:test';
import { writeCells } from './notebooks';
import { typecheckNotebooks } from './typecheck_notebooks';

test('cells are checked together, strictly, and each problem is placed', () => {
  const good = writeCells(
    'good',
    "import { Random } from './src/util/random';\nconst draw = Random.of(1).uniform()",
    '[draw].map((value) => value.toFixed(2))',
    'const half = await Promise.resolve(draw / 2);',
    'half.toFixed(1);',
  );
  const bad = writeCells(
    'bad',
    "import { Random } from './src/util/random';",
    '',
    'const count = Random.of(1).integer(10);\nconst word: string = count;',
    'const found = [1].find((x) => x > 2);\n\nfound.toFixed();',
    'function late() { await Promise.resolve(); }',
  );
  const name = relative('', bad);
  const [wrongType, possiblyUndefined, notAsync, ...rest] = typecheckNotebooks([good, bad]);
  assert.equal(
    wrongType,
    `${name}: cell 2, line 2: Type 'number' is not assignable to type 'string'. (TS2322)`,
  );
  assert.equal(possiblyUndefined, `${name}: cell 3, line 3: 'found' is possibly 'undefined'. (TS18048)`);
  assert.match(notAsync, /cell 4, line 1: 'await' expressions are only allowed within async functions/);
  assert.deepEqual(rest, []);
});
