/* Which lines of src/ the tests ran, room by room, from what V8 wrote in every process (NODE_V8_COVERAGE). */
const { mkdirSync, readdirSync, readFileSync, renameSync } = require('node:fs');
const { join, relative, sep } = require('node:path');

const root = join(__dirname, '..', '..');

/** What runs elsewhere than in Node: in the browser, and as WebAssembly. */
const elsewhere = ['src/page/browser/**', 'src/engine/wasm/kernels/**'];

/** Rooms whose lines the tests are to run, nearly all of them. */
const wanted = ['math', 'transforms', 'layers', 'datasets', 'training', 'results', 'running'];
const LEAST = 90; // percent

/**
 * @param folder of V8's files
 * @returns [room, lines, lines that ran], sorted by room
 */
async function rooms(folder) {
  const maps = [];
  for (const alike of bucketsOf(folder)) maps.push(await coverageOf(alike));
  const [map, ...others] = maps;
  for (const other of others) map.merge(other);
  const counts = new Map();
  for (const path of map.files()) {
    const { lines } = map.fileCoverageFor(path).toSummary().data;
    const [, room, ...rest] = relative(root, path).split(sep);
    const name = rest.length ? room : 'commands';
    const [total, ran] = counts.get(name) ?? [0, 0];
    counts.set(name, [total + lines.total, ran + lines.covered]);
  }
  return [...counts].map(([room, [total, ran]]) => [room, total, ran]).sort(([a], [b]) => (a < b ? -1 : 1));
}

/**
 * V8 counts by places in compiled text, and one source is compiled in several ways (as a module, as CommonJS): files may
 * be counted together only if they mean the same text. They are moved into a folder for each.
 * @returns the folders
 */
function bucketsOf(folder) {
  const buckets = [];
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.json'))) {
    const path = join(folder, file);
    const texts = textsOf(path);
    let bucket = buckets.find(({ known }) => texts.every(([url, text]) => (known.get(url) ?? text) === text));
    if (!bucket) {
      bucket = { known: new Map(), place: join(folder, `bucket-${buckets.length}`) };
      mkdirSync(bucket.place);
      buckets.push(bucket);
    }
    for (const [url, text] of texts) bucket.known.set(url, text);
    renameSync(path, join(bucket.place, file));
  }
  return buckets.map(({ place }) => place);
}

/** Of each source in a file of V8, its address and what tells its compiled text apart. */
function textsOf(path) {
  const { 'source-map-cache': cache = {} } = JSON.parse(readFileSync(path, 'utf8'));
  return Object.entries(cache)
    .filter(([url]) => url.includes('/src/'))
    .map(([url, { lineLengths }]) => [url.split('?')[0], lineLengths.join()]);
}

/** Files of V8 that mean the same texts, as counts of lines of the sources. */
function coverageOf(folder) {
  const { Report } = require('c8');
  const report = Report({
    tempDirectory: folder,
    src: [root],
    include: ['src/**'],
    exclude: elsewhere,
    extension: ['.ts', '.cjs'],
    all: true,
    allowExternal: false,
    mergeAsync: true,
    omitRelative: true,
    reporter: [],
    resolve: '',
    wrapperLength: 0,
  });
  return report.getCoverageMapFromAllCoverageFiles();
}

/** A line for each room, and one for those that fall short. */
function table(found) {
  const percent = (total, ran) => (100 * ran) / total;
  const all = found.reduce(([total, ran], [, t, r]) => [total + t, ran + r], [0, 0]);
  const line = (name, total, ran) => `  ${name.padEnd(12)} ${percent(total, ran).toFixed(1).padStart(5)} %`;
  const short = found.filter(([room, total, ran]) => wanted.includes(room) && percent(total, ran) < LEAST);
  return [
    'lines of src/ that ran',
    ...found.map((room) => line(...room)),
    line('all', ...all),
    ...(short.length
      ? [`  below ${LEAST} %: ${short.map(([room]) => room).join(', ')} (docs/tests.md)`]
      : []),
    '',
  ].join('\n');
}

module.exports = { rooms, table };
