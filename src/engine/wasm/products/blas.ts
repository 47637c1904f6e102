import { UsageError } from '../../../util/check';
import { koffi, type NativeLibrary } from '../../../util/native_library';
import { withCoreType } from './core_type';
import { type Cblas, cutProduct, type GemmProvider, GemmUnavailable, type Sgemm } from './gemm';

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

const declaration =
  'void cblas_sgemm(int, int, int, int, int, int, float, intptr_t, int, intptr_t, int, float, intptr_t, int)';

/**
 * A system BLAS, called through koffi directly on the WASM heap. It is kept to one thread: ours divide the work.
 * @param memory shared, so that it never moves
 * @throws GemmUnavailable with the libraries that were tried; UsageError if $EQUISPHERE_BLAS is none
 */
export function blasProvider(memory: WebAssembly.Memory): GemmProvider {
  const { library, path } = openLibrary();
  useOneThread(library);
  const core = coreName(library);
  const base = Number(koffi.address(new Uint8Array(memory.buffer)));
  return {
    provider: 'blas',
    description: path.split('/').pop()!,
    core,
    manyCallers: servesManyCallers(library, path),
    library: { library: path, declaration, setters },
    cblas: library.func(declaration) as Cblas,
    bind: ({ cblas }) => {
      const whole: Sgemm = (transA, transB, m, n, k, alpha, a, lda, b, ldb, beta, c, ldc) => {
        const opA = transA ? transposed : plain;
        const opB = transB ? transposed : plain;
        cblas(rowMajor, opA, opB, m, n, k, alpha, base + a, lda, base + b, ldb, beta, base + c, ldc);
      };
      return hasUnpackedKernels(core) ? cutProduct(whole) : whole;
    },
  };
}

function openLibrary(): { library: NativeLibrary; path: string } {
  const wanted = process.env.EQUISPHERE_BLAS;
  const names = wanted ? [wanted] : (candidates[process.platform] ?? []);
  const failures: string[] = [];
  for (const path of names) {
    try {
      const library = withCoreType(() => koffi.load(path));
      library.func('void cblas_sgemm()');
      return { library, path };
    } catch (error) {
      if (wanted) throw new UsageError(`$EQUISPHERE_BLAS: ${path} is no BLAS: ${(error as Error).message}`);
      failures.push(path);
    }
  }
  throw new GemmUnavailable(
    `no BLAS library (tried ${failures.join(', ') || 'none known for this system'}); ` +
      'install OpenBLAS (Debian: libopenblas0-pthread) or set EQUISPHERE_BLAS',
  );
}

/** Calls that set a library's threads. Accelerate has none, and divides large products by itself. */
const setters = ['openblas_set_num_threads', 'MKL_Set_Num_Threads', 'bli_thread_set_num_threads'];

function useOneThread(library: NativeLibrary): void {
  for (const setter of setters)
    try {
      library.func(`void ${setter}(int)`)(1);
    } catch {}
}

/** The kernels that an OpenBLAS has chosen for this processor; null for other libraries. */
function coreName(library: NativeLibrary): string | null {
  return ask<string>(library, 'const char *openblas_get_corename()');
}

/** Those for AVX-512. */
function hasUnpackedKernels(core: string | null): boolean {
  return core !== null && ['SkylakeX', 'Cooperlake', 'SapphireRapids'].includes(core);
}

/**
 * Whether several threads may call it at once. A serial OpenBLAS gives wrong products then
 * (OpenMathLib/OpenBLAS#2126); of MKL, BLIS and Accelerate it is promised, of others not known.
 */
function servesManyCallers(library: NativeLibrary, path: string): boolean {
  const parallel = ask<number>(library, 'int openblas_get_parallel()');
  if (parallel !== null) return parallel > 0;
  return /mkl|blis|Accelerate/.test(path);
}

/** The answer of a call without arguments; null if the library has no such call. */
function ask<T>(library: NativeLibrary, declaration: string): T | null {
  try {
    return library.func(declaration)() as T;
  } catch {
    return null;
  }
}
