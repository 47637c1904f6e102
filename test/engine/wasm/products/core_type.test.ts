import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';
import { coreTypeFor } from '../../../../src/engine/wasm/products/core_type';
import { repositoryRoot } from '../../../../src/util/files';
import { starts } from '../../compare';

const avx512 = ['avx512f', 'avx512dq', 'avx512cd', 'avx512bw', 'avx512vl'];

test('kernels are chosen by instructions, whatever the model', () => {
  assert.equal(coreTypeFor(['sse4_2', 'avx', 'avx2', 'fma', ...avx512]), 'SkylakeX');
  assert.equal(coreTypeFor(['avx', 'avx2', 'fma', 'avx512f', 'avx512cd']), 'Haswell', 'Knights Landing');
  assert.equal(coreTypeFor(['avx', 'avx2', 'fma', 'avx_vnni']), 'Haswell', '13th generation Core');
  assert.equal(coreTypeFor(['sse4_2', 'avx']), null);
  assert.equal(coreTypeFor([]), null);
});

/** What the engine says in a process of its own, where no BLAS is loaded yet, with these variables. */
function reportWith(variables: Record<string, string>): {
  core: string | null;
  gflops: number;
  left: string;
} {
  const script = join(repositoryRoot, 'test', 'engine', 'stand_in', 'report.ts');
  const env = {
    ...process.env,
    EQUISPHERE_ENGINE: 'wasm',
    EQUISPHERE_GEMM: 'blas', // which may be the slower one
    OPENBLAS_CORETYPE: '',
    ...variables,
  };
  return JSON.parse(execFileSync(process.execPath, ['--import', 'tsx', script], { env, encoding: 'utf8' }));
}

test('an OpenBLAS gets them before it is loaded, unless the user has chosen', async (t) => {
  if (!(await starts('blas'))) return t.skip('no BLAS here');
  const { core } = reportWith({});
  if (core === null) return t.skip('not an OpenBLAS');
  assert.ok(core !== 'Prescott', core);
  assert.equal(reportWith({ OPENBLAS_CORETYPE: 'Nehalem' }).core, 'Nehalem');
});
