const MEMORY_SECTION = 5;
const HAS_MAXIMUM = 1;
const IS_SHARED = 2;

/**
 * Runs `start` so that WebAssembly modules that define a memory get one that threads can share. TensorFlow.js
 * has a threaded build as well, but not for Node.
 */
export async function withSharedMemory<T>(start: () => Promise<T>): Promise<T> {
  const { instantiate } = WebAssembly;
  const sharing = (binary: unknown, imports?: WebAssembly.Imports) =>
    instantiate((binary instanceof Uint8Array ? shareMemory(binary) : binary) as Uint8Array, imports);
  Object.assign(WebAssembly, { instantiate: sharing });
  try {
    return await start();
  } finally {
    Object.assign(WebAssembly, { instantiate });
  }
}

/** A copy of a module whose memory, if it defines one with a maximum, is shared: one bit of its header. */
function shareMemory(binary: Uint8Array): Uint8Array {
  const copy = Uint8Array.from(binary);
  let at = 8; // after the magic number and the version
  const unsigned = (): number => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = copy[at++];
      value |= (byte & 127) << shift;
      if (!(byte & 128)) return value >>> 0; // also past the end
    }
  };
  while (at < copy.length) {
    const section = copy[at++];
    const length = unsigned();
    const end = at + length;
    if (section === MEMORY_SECTION && unsigned() === 1 && copy[at] === HAS_MAXIMUM) copy[at] |= IS_SHARED;
    at = end;
  }
  return copy;
}
