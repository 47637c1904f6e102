import { type EngineName, type EngineReport, engineNames, formatReport } from '../engine/report';
import { startEngine } from '../engine/start';
import { checkOneOf } from '../util/check';
import { wordOf } from './arguments';
import type { Context, Option, Values } from './command';

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

/** Starts the engine asked for, or the best one, and says which. */
export async function startEngineFor(values: Values, { status }: Context): Promise<EngineReport> {
  const engine = engineOf(values);
  const report = await startEngine(engine ? { engine } : {});
  status.log(`engine: ${formatReport(report)}`);
  return report;
}

/** The engine as results record it: `wasm, libopenblas.so.0`. */
export function engineLabel({ name, gemm }: EngineReport): string {
  return `${name}, ${gemm}`;
}
