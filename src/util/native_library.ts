/** The part of koffi that we use; its own types are those of an ES module, which this is not. */
interface Koffi {
  load(path: string): NativeLibrary;
  address(view: ArrayBufferView): bigint;
}

export interface NativeLibrary {
  // biome-ignore lint/suspicious/noExplicitAny: the declaration types a call, in C
  func(declaration: string): (...args: any[]) => any;
}

export const koffi = require('koffi') as Koffi;

/** Where threads find it. */
export const koffiPath = require.resolve('koffi');

/** Math libraries of glibc and musl, and macOS's one library; their calls include those of the C library. */
const names: Partial<Record<NodeJS.Platform, string[]>> = {
  linux: ['libm.so.6', `libc.musl-${process.arch === 'arm64' ? 'aarch64' : 'x86_64'}.so.1`],
  darwin: ['/usr/lib/libSystem.B.dylib'],
};

/** The C library and its path; null where it is not known. */
export function cLibrary(): { path: string; library: NativeLibrary } | null {
  for (const path of names[process.platform] ?? [])
    try {
      return { path, library: koffi.load(path) };
    } catch {}
  return null;
}
