import { cLibrary, koffi } from '../../../util/native_library';

/**
 * Where a thread's floating-point environment (C's fenv_t) holds the bits that have denormal numbers read and
 * written as zeros. Arithmetic on them is up to a hundred times slower, and gradients of a training that has
 * gone on for a while are full of them.
 */
export interface FlushToZero {
  /** The C library's path. */
  library: string;
  /** Length of fenv_t, in words of 32 bits. */
  words: number;
  /** The word of the control register, and its bits. */
  word: number;
  bits: number;
}

/** FTZ and DAZ of mxcsr; FZ of fpcr. */
const [mxcsr, fpcr] = [0x8040, 1 << 24];

/** By platform and architecture: glibc and musl agree. */
const layouts: Record<string, Omit<FlushToZero, 'library'>> = {
  'linux x64': { words: 8, word: 7, bits: mxcsr },
  'linux arm64': { words: 2, word: 0, bits: fpcr },
  'darwin x64': { words: 4, word: 1, bits: mxcsr },
  'darwin arm64': { words: 4, word: 2, bits: fpcr },
};

/** How a thread of this process flushes denormal numbers to zero; null where that is not known. */
export function flushToZero(): FlushToZero | null {
  const layout = layouts[`${process.platform} ${process.arch}`];
  const found = layout && cLibrary();
  return found ? { library: found.path, ...layout } : null;
}

/** Sets it for the calling thread, until that ends. worker.cjs does the same. */
export function setFlushToZero({ library, words, word, bits }: FlushToZero): void {
  const calls = koffi.load(library);
  const environment = new Uint32Array(words);
  calls.func('int fegetenv(void *)')(environment);
  environment[word] |= bits;
  calls.func('int fesetenv(void *)')(environment);
}
