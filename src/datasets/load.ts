import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { check, checkKeys, checkOneOf } from '../util/check';
import { repositoryRoot } from '../util/files';
import { type Archive, archives } from './archives';
import { type DatasetName, type Digits, datasetNames } from './digits';
import { downloadArchive, NoMirror } from './download';
import { missingFiles, readFolder, shortPath } from './folder';
import { drawGlyphs } from './glyphs';

export interface LoadOptions {
  /** look for `<name>/` here, and download to here, in place of $EQUISPHERE_DATA and data/ */
  folder?: string;
  /** default true */
  download?: boolean;
  /** addresses of folders to download from, in place of the usual ones */
  mirrors?: readonly string[];
  /**
   * what to do without files and network; default 'glyphs', with a `folder` 'error'. Where $EQUISPHERE_DATA is set it is an
   * error always
   */
  onFallback?: 'glyphs' | 'error';
  /** of the glyphs; default 0 */
  seed?: number;
  /** how many glyphs; default 60,000 and 10,000, as in MNIST */
  glyphs?: { train: number; test: number };
  /** gets a line for everything the user should know; default console.log */
  log?: (line: string) => void;
}

const keys: Record<keyof LoadOptions, true> = {
  folder: true,
  download: true,
  mirrors: true,
  onFallback: true,
  seed: true,
  glyphs: true,
  log: true,
};

/**
 * Loads a data set: from $EQUISPHERE_DATA/<name>, else from data/<name>, else by download into data/<name>. In place
 * of <name>/ torchvision's folders serve as well (MNIST/raw). Unless `onFallback` forbids it, the built-in glyphs are the
 * last resort, which is logged and stands in `name` and `source`.
 * @throws UsageError for an unknown name, an incomplete folder that no download will complete, a file that is not the
 *   original's, or a folder that cannot be written: these never lead to the glyphs
 */
export async function loadDigits(name: DatasetName, options: LoadOptions = {}): Promise<Digits> {
  checkOneOf('data set', name, datasetNames);
  checkKeys('loadDigits', options, keys);
  checkOneOf('onFallback', options.onFallback ?? 'glyphs', ['glyphs', 'error']);
  if (name === 'glyphs') return builtIn('built-in glyphs', options);
  const archive = archives[name];
  const { places, home } = placesOf(name, archive, options.folder);
  const wanted = options.download ?? true;
  for (const place of places)
    if (isComplete(place, archive, wanted && place === home)) return read(name, archive, place);
  const problem = wanted ? await tryDownload(home.path, archive, options) : 'download switched off';
  if (!problem) return read(name, archive, home);
  return fallBack(archive.title, places, problem, options);
}

interface Place {
  /** as it stands in `source`: no private paths in published results */
  name: string;
  path: string;
}

/** Where to look, in order, and where a download goes. @throws UsageError if $EQUISPHERE_DATA is no folder */
function placesOf(
  dataset: DatasetName,
  { title }: Archive,
  folder?: string,
): { places: Place[]; home: Place } {
  const under = (name: string, path: string): Place[] =>
    [dataset, join(title, 'raw')].map((inside) => ({ name: join(name, inside), path: join(path, inside) }));
  const own = folder ? under(folder, folder) : under('data', join(repositoryRoot, 'data'));
  const given = folder ? undefined : process.env.EQUISPHERE_DATA;
  check(!given || existsSync(given), () => `EQUISPHERE_DATA is ${given}, which does not exist`);
  return { places: [...(given ? under('$EQUISPHERE_DATA', given) : []), ...own], home: own[0] };
}

function isComplete({ path }: Place, archive: Archive, downloadCompletes: boolean): boolean {
  const missing = missingFiles(path, archive).map((file) => `${file.name}.gz`);
  check(
    missing.length === 0 || missing.length === 4 || downloadCompletes,
    () => `${shortPath(path)}: ${missing.join(', ')} missing. Add what is missing, or remove the folder.`,
  );
  return missing.length === 0;
}

function read(name: DatasetName, archive: Archive, place: Place): Digits {
  return { name, source: `${archive.title} from ${place.name}`, ...readFolder(place.path, archive) };
}

/** @returns why no mirror could help; undefined if one did. @throws UsageError if the folder cannot be written */
async function tryDownload(
  path: string,
  archive: Archive,
  options: LoadOptions,
): Promise<string | undefined> {
  const { log = console.log, mirrors = archive.mirrors } = options;
  log(`${archive.title}: downloading ${archive.megabytes} MB to ${shortPath(path)}`);
  try {
    await downloadArchive(path, archive, { mirrors, log });
    return undefined;
  } catch (error) {
    if (error instanceof NoMirror) return `download failed: ${error.message}`;
    throw error;
  }
}

/** Glyphs, where no one named a place for real digits. */
function fallBack(title: string, places: Place[], problem: string, options: LoadOptions): Digits {
  const { folder, onFallback = folder ? 'error' : 'glyphs', log = console.log } = options;
  const isWanted = !folder && process.env.EQUISPHERE_DATA;
  const story = `${title} is not in ${places.map((place) => place.name).join(' or ')} (${problem})`;
  check(
    onFallback === 'glyphs' && !isWanted,
    () =>
      `${story}. Put the four IDX files into one of these, data/README.md says which; or ask for "glyphs" by name.`,
  );
  log(`${story}. The built-in glyphs take its place: results are NOT ${title} results.`);
  return builtIn(`built-in glyphs in place of ${title}`, options);
}

function builtIn(
  source: string,
  { seed = 0, glyphs = { train: 60_000, test: 10_000 } }: LoadOptions,
): Digits {
  return {
    name: 'glyphs',
    source,
    train: drawGlyphs(glyphs.train, seed, 'train'),
    test: drawGlyphs(glyphs.test, seed, 'test'),
  };
}
