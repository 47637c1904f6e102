/*
 * Whether a process may have as many addresses as WebAssembly reserves. Plain JavaScript, because tsx, which compiles
 * all the rest, is a WebAssembly program itself: where they are too few it ends in a page of its own source.
 */
const { readFileSync } = require('node:fs');

const FLAG = '--disable-wasm-trap-handler';

/** Gigabytes, measured with 8 threads: with less, Node may end without a word, or hang. */
const NEEDED = 40;

/** Without guard regions of 8 GB beside each memory; 19 are too few. */
const NEEDED_WITH_FLAG = 20;

/** What is the matter with the limit of this process, and what helps; undefined if it is high enough, or there is none. */
function addressSpaceFault() {
  const limit = addressLimit() / 1e9;
  const hasFlag = `${process.execArgv} ${process.env.NODE_OPTIONS}`.includes(FLAG);
  if (limit >= (hasFlag ? NEEDED_WITH_FLAG : NEEDED)) return undefined;
  return (
    `the address space of this process is limited to ${limit.toFixed(1)} GB (ulimit -v), and WebAssembly reserves far more ` +
    `than it uses: raise the limit to ${NEEDED} GB, or to ${NEEDED_WITH_FLAG} GB and set NODE_OPTIONS=${FLAG}`
  );
}

/** Bytes; Infinity where there is no limit, or the system does not tell. */
function addressLimit() {
  try {
    const [, limit] = readFileSync('/proc/self/limits', 'utf8').match(/^Max address space +(\d+)/m);
    return Number(limit);
  } catch {
    return Number.POSITIVE_INFINITY;
  }
}

module.exports = { addressSpaceFault };
