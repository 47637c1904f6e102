/**
 * `model.save('file://folder')` and `tf.loadLayersModel('file://folder/model.json')` on every engine, in TensorFlow.js's
 * own format: `model.json` with the layers, `weights.bin` beside it. The engine node-gpu brings handlers of its own, and
 * only one may answer: then ours stay silent.
 */
import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { check, UsageError } from '../util/check';
import { writeFileAtomic } from '../util/files';
import { refusingNone } from './predicting';

const scheme = 'file://';
const weightsFile = 'weights.bin';

/** A network that was saved to a folder, ready to predict or to go on training. @throws UsageError if there is none */
export async function loadModel(folder: string): Promise<tf.LayersModel> {
  return refusingNone(await tf.loadLayersModel(handlerOf(join(folder, 'model.json'))));
}

type Router = (url: string | string[]) => tf.io.IOHandler;

/** @param known all handlers of an address, those of other routers among them */
function router(known: (url: string) => tf.io.IOHandler[]): Router {
  let isAsking = false;
  return (url) => {
    // A router that does not know an address returns null, whatever its type says.
    const none = null as unknown as tf.io.IOHandler;
    if (isAsking || typeof url !== 'string' || !url.startsWith(scheme)) return none;
    isAsking = true;
    try {
      return known(url).length > 0 ? none : handlerOf(url.slice(scheme.length));
    } finally {
      isAsking = false;
    }
  };
}

tf.io.registerSaveRouter(router((url) => tf.io.getSaveHandlers(url)));
tf.io.registerLoadRouter(router((url) => tf.io.getLoadHandlers(url)));

/** @param path the folder to save to, or the file model.json to load */
function handlerOf(path: string): tf.io.IOHandler {
  return { save: async (artifacts) => save(resolve(path), artifacts), load: async () => load(resolve(path)) };
}

function save(
  folder: string,
  { weightData, weightSpecs = [], ...artifacts }: tf.io.ModelArtifacts,
): tf.io.SaveResult {
  const { modelTopology, ...rest } = artifacts;
  const weightsManifest = [{ paths: [weightsFile], weights: weightSpecs }];
  const bytes = tf.io.CompositeArrayBuffer.join(weightData);
  writeFileAtomic(join(folder, weightsFile), new Uint8Array(bytes));
  writeFileAtomic(join(folder, 'model.json'), JSON.stringify({ ...rest, modelTopology, weightsManifest }));
  return {
    modelArtifactsInfo: tf.io.getModelArtifactsInfoForJSON({ ...artifacts, weightSpecs, weightData }),
  };
}

function load(path: string): Promise<tf.io.ModelArtifacts> {
  check(existsSync(path), () => `no saved model: ${path} is not there`);
  return tf.io.getModelArtifactsForJSON(parsed(path), async (manifest) => {
    const specs = manifest.flatMap(({ weights }) => weights);
    const parts = manifest.flatMap(({ paths }) =>
      paths.map((name) => readFileSync(join(dirname(path), basename(name)))),
    );
    const bytes = Buffer.concat(parts);
    return [specs, bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer];
  });
}

function parsed(path: string): tf.io.ModelJSON {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new UsageError(`${path}: not a saved model (${(error as Error).message})`);
  }
}
