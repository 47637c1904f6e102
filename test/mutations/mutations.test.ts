import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { repositoryRoot } from '../../src/util/files';
import { mutations } from './mutations';

for (const { name, file, find, replace } of mutations)
  test(`what is to be broken stands once: ${name}`, () => {
    const parts = readFileSync(join(repositoryRoot, file), 'utf8').split(find);
    assert.equal(parts.length, 2, `${file}: "${find}" stands ${parts.length - 1} times`);
    assert.notEqual(find, replace);
  });
