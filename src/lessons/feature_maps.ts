import * as tf from '@tensorflow/tfjs';
import { bandwidthOf } from '../math/grid';
import type { Rotation } from '../math/rotation';
import { rotateS2, rotateSO3 } from '../math/spectral_rotation';
import { s2Analysis, s2Synthesis, so3Analysis, so3Synthesis } from '../math/transform';
import { check } from '../util/check';

/** What one layer makes of one signal. */
export interface FeatureMaps {
  layer: string;
  /** Points along each axis of a map: [2b, 2b], [2b, 2b, 2b], or of a plain network [height, width]; [] for numbers. */
  grid: number[];
  /** The map of each channel, in the order of the grid. */
  channels: Float64Array[];
}

/** Layers that do no more than multiply their input, and the input itself. */
const passing = ['InputLayer', 'Rescaling'];

/** A network's layers that make something. */
export function makingLayers(model: tf.LayersModel): tf.layers.Layer[] {
  return model.layers.filter((layer) => !passing.includes(layer.getClassName()));
}

/**
 * What each layer of a network makes of a signal of one channel.
 * @param signal in the order of the network's input
 */
export async function featureMaps(model: tf.LayersModel, signal: ArrayLike<number>): Promise<FeatureMaps[]> {
  const shape = [1, ...(model.inputs[0].shape.slice(1) as number[])];
  const layers = makingLayers(model);
  const upTo = tf.model({
    inputs: model.inputs,
    outputs: layers.map((layer) => layer.output as tf.SymbolicTensor),
  });
  const outputs = tf.tidy(() =>
    [upTo.apply(tf.tensor(Float32Array.from(signal), shape)) as tf.Tensor | tf.Tensor[]].flat(),
  );
  const maps: FeatureMaps[] = [];
  for (const [i, output] of outputs.entries()) {
    const values = await output.data();
    const [grid, channels] = [output.shape.slice(1, -1), output.shape[output.rank - 1]];
    maps.push({
      layer: layers[i].name,
      grid,
      channels: Array.from({ length: channels }, (_, c) =>
        Float64Array.from({ length: values.length / channels }, (_, k) => values[k * channels + c]),
      ),
    });
  }
  tf.dispose(outputs);
  return maps;
}

/** The channel whose map varies most; of maps of one point the one with the largest value. */
export function liveliest({ channels }: FeatureMaps): number {
  const spreads = channels.map((map) => {
    const mean = map.length > 1 ? map.reduce((sum, value) => sum + value / map.length, 0) : 0;
    return map.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  });
  return spreads.indexOf(Math.max(...spreads));
}

/**
 * Turns one map by its spectrum, on the sphere or on the group.
 * @param grid [2b, 2b] or [2b, 2b, 2b]
 */
export function turnMap(map: ArrayLike<number>, grid: readonly number[], rotation: Rotation): Float64Array {
  check(grid.length === 2 || grid.length === 3, () => `turnMap: no map on a grid of ${grid.length} angles`);
  const b = bandwidthOf(grid[0]);
  return grid.length === 2 ? rotateS2(map, b, rotation) : rotateSO3(map, b, rotation);
}

/**
 * A map on the group as a signal on the sphere, to look at: at each point the value along gamma that is furthest from 0.
 * It turns along with the map. Drawn as the next layer reads the map: from its spectrum, on a grid of bandwidth `b`.
 * @returns [2b, 2b]
 */
export function seenMap(map: ArrayLike<number>, grid: readonly number[], b: number): Float64Array {
  const own = bandwidthOf(grid[0]);
  if (grid.length === 2) return s2Synthesis(s2Analysis(map, own), b);
  const size = 2 * b;
  const fine = so3Synthesis(so3Analysis(map, own), own, b);
  return Float64Array.from({ length: size * size }, (_, i) =>
    furthest(fine.subarray(i * size, (i + 1) * size)),
  );
}

function furthest(values: Float64Array): number {
  return values.reduce((most, value) => (Math.abs(value) > Math.abs(most) ? value : most), 0);
}
