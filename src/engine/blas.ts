import { type Gemm, GemmUnavailable } from './gemm';
import type { WasmHeap } from './heap';

/** The part of koffi that we use; its own types are those of an ES module, which this is not. */
interface Koffi {
  load(path: string): LibraryHandle;
  address(view: ArrayBufferView): bigint;
}

interface LibraryHandle {
  func(declaration: string): (...args: number[]) => void;
}

const koffi = require('koffi') as Koffi;

/** Where a CBLAS is usually found; $EQUISPHERE_BLAS names another. */
const candidates: Record<string, string[]> = {
  linux: [
    'libopenblas.so.0',
    'libopenblas.so',
    'libmkl_rt.so',
    'libmkl_rt.so.2',
    'libblis.so.4',
    'libcblas.so.3',
  ],
  darwin: ['/System/Library/Frameworks/Accelerate.framework/Accelerate'],
  win32: ['libopenblas.dll', 'openblas.dll', 'mkl_rt.2.dll'],
};

const rowMajor = 101;
const plain = 111;
const transposed = 112;

/**
 * A system BLAS, called through koffi directly on the WASM heap.
 * @throws GemmUnavailable with the libraries that were tried.
 */
export function blasGemm(heap: WasmHeap, threads: number): Gemm {
  const { library, name } = openLibrary();
  const cblas = library.func(
    'void cblas_sgemm(int, int, int, int, int, int, float, intptr_t, int, intptr_t, int, float, intptr_t, int)',
  );
  const applied = setThreads(library, threads);
  let buffer: ArrayBuffer | null = null;
  let base = 0;

  return {
    provider: 'blas',
    description: name,
    threads: applied,
    sgemm(transA, transB, m, n, k, alpha, a, lda, b, ldb, beta, c, ldc) {
      if (heap.memory.buffer !== buffer) {
        buffer = heap.memory.buffer;
        base = Number(koffi.address(new Uint8Array(buffer)));
      }
      const opA = transA ? transposed : plain;
      const opB = transB ? transposed : plain;
      cblas(rowMajor, opA, opB, m, n, k, alpha, base + a, lda, base + b, ldb, beta, base + c, ldc);
    },
  };
}

function openLibrary(): { library: LibraryHandle; name: string } {
  const wanted = process.env.EQUISPHERE_BLAS;
  const names = wanted ? [wanted] : (candidates[process.platform] ?? []);
  const failures: string[] = [];
  for (const name of names) {
    try {
      const library = koffi.load(name);
      library.func('void cblas_sgemm()');
      return { library, name: name.split('/').pop()! };
    } catch (error) {
      failures.push(wanted ? `${name}: ${(error as Error).message}` : name);
    }
  }
  throw new GemmUnavailable(
    `no BLAS library (tried ${failures.join(', ') || 'none known for this system'}); ` +
      'install OpenBLAS (Debian: libopenblas0-pthread) or set EQUISPHERE_BLAS',
  );
}

/** Asks the library for a number of threads where it has a call for that; returns what is in force. */
function setThreads(library: LibraryHandle, threads: number): number {
  for (const setter of ['openblas_set_num_threads', 'MKL_Set_Num_Threads', 'bli_thread_set_num_threads']) {
    try {
      library.func(`void ${setter}(int)`)(threads);
      return threads;
    } catch {}
  }
  return threads;
}
