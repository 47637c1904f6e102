import { canonicalNetwork } from '../models/network';
import { modelNames, networkOf } from '../models/presets';
import type { Experiment } from './experiment';
import { faultsIn } from './fidelity';

/**
 * How an experiment's network differs from the preset whose name it bears: `upsampling "released"`. Undefined where it
 * does not, or where there is no such preset.
 */
export function variantOf({ model, task, bandwidth, fidelity, network }: Experiment): string | undefined {
  if (!modelNames.includes(model)) return undefined;
  const inputRange = faultsIn(fidelity).input ? 255 : 1;
  const [preset, own] = [networkOf(model, { task, bandwidth, inputRange }), network].map(
    (n) => new Map<string, unknown>(Object.entries(canonicalNetwork(n))),
  );
  const text = (value: unknown) => JSON.stringify(value) ?? 'default';
  const changed = [...new Set([...preset.keys(), ...own.keys()])].filter(
    (key) => text(preset.get(key)) !== text(own.get(key)),
  );
  return changed.map((key) => `${key} ${text(own.get(key))}`).join(', ') || undefined;
}
