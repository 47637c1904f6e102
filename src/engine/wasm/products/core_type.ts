import { readFileSync } from 'node:fs';
import { cLibrary } from '../../../util/native_library';

const variable = 'OPENBLAS_CORETYPE';

/** The fastest of OpenBLAS's kernels that processors with these instructions run, by OpenBLAS's name. */
const kernels: [core: string, flags: string[]][] = [
  ['SkylakeX', ['avx512f', 'avx512cd', 'avx512bw', 'avx512dq', 'avx512vl']],
  ['Haswell', ['avx2', 'fma']],
];

/** @param flags instructions of an x86-64 processor, as Linux names them; null if none of the kernels is for it */
export function coreTypeFor(flags: readonly string[]): string | null {
  const found = kernels.find(([, needed]) => needed.every((flag) => flags.includes(flag)));
  return found ? found[0] : null;
}

/**
 * Loads an OpenBLAS that computes with the kernels for this processor's instructions. It chooses by the
 * processor's model instead, and one that is younger than the library gets those of a Pentium 4
 * (OpenMathLib/OpenBLAS#4267). Where the user has set OPENBLAS_CORETYPE, that holds.
 */
export function withCoreType<T>(load: () => T): T {
  const core = process.env[variable] ? null : coreTypeFor(processorFlags());
  const calls = core && cLibrary()?.library;
  if (!core || !calls) return load();
  // C's own call: in a worker thread process.env is a copy.
  calls.func('int setenv(const char *, const char *, int)')(variable, core, 1);
  try {
    return load();
  } finally {
    calls.func('int unsetenv(const char *)')(variable);
  }
}

/** Empty but on Linux and x86-64: elsewhere OpenBLAS's choice stands. */
function processorFlags(): string[] {
  if (process.platform !== 'linux' || process.arch !== 'x64') return [];
  const line = /^flags\s*:(.*)$/m.exec(readFileSync('/proc/cpuinfo', 'utf8'));
  return line ? line[1].trim().split(' ') : [];
}
