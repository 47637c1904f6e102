import { formatReasons } from '../engine/contract/report';
import { startEngine } from '../engine/start';
import type { Command } from './command';
import { engineOf, engineOption } from './engine';

export const command: Command = {
  name: 'engines',
  about: 'say which engine TensorFlow.js runs on here, and why not on another',
  help: 'EQUISPHERE_ENGINE forces an engine, as --engine does.',
  options: engineOption,
  run: async (values, { status }) => {
    const engine = engineOf(values);
    status.log(formatReasons(await startEngine(engine ? { engine } : {})));
  },
};
