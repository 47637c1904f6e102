import { type EngineName, engineNames } from '../engine/contract/report';
import { checkOneOf } from '../util/check';
import { wordOf } from './arguments';
import type { Option, Values } from './command';

/** Option of all commands that compute. */
export const engineOption = {
  engine: {
    type: 'string',
    value: 'NAME',
    help: `${engineNames.join(', ')} (the first that starts, cpu last);\n"equisphere engines" says which run here`,
  },
} as const satisfies Record<string, Option>;

/** @throws UsageError for a name that is none */
export function engineOf(values: Values): EngineName | undefined {
  const name = wordOf(values.engine);
  return name === undefined ? undefined : checkOneOf('engine', name, engineNames);
}
