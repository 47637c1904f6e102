import { helpText, parseArguments } from './commands/arguments';
import type { Command } from './commands/command';
import { interrupts } from './commands/interrupt';
import { statusLine } from './commands/status';
import { checkOneOf, UsageError } from './util/check';
import { isOfSystem } from './util/files';

/** Loaded when called, so that `equisphere notebooks` does not wait for TensorFlow.js. */
const commands: Record<string, () => { command: Command }> = {
  reproduce: () => require('./commands/reproduce'),
  train: () => require('./commands/train'),
  sweep: () => require('./commands/sweep'),
  publish: () => require('./commands/publish'),
  networks: () => require('./commands/networks'),
  figures: () => require('./commands/figures'),
  notebooks: () => require('./commands/notebooks'),
  data: () => require('./commands/data'),
  engines: () => require('./commands/engines'),
  bench: () => require('./commands/bench'),
};

/** Runs the command line and sets the exit code: 0, 1 for a failure, 2 for a wrong use, 130 for Ctrl-C. */
export async function run(args: string[] = process.argv.slice(2)): Promise<void> {
  const status = statusLine();
  process.stderr.on('error', () => {}); // of a terminal that was closed
  try {
    await dispatch(args, status);
  } catch (error) {
    status.clear();
    process.exitCode = status.isClosed() ? 0 : report(error as Error);
  }
  status.clear();
  // Engines may hold threads that would keep the process alive.
  process.exit();
}

async function dispatch([name, ...args]: string[], status: ReturnType<typeof statusLine>): Promise<void> {
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    status.log(overview());
    return;
  }
  checkOneOf('command', name, Object.keys(commands));
  const { command } = commands[name]();
  const values = parseArguments(command, args);
  if (values.help) status.log(helpText(command));
  else await command.run(values, { status, ...interrupts(status) });
}

function overview(): string {
  const all = Object.values(commands).map((load) => load());
  const lines = all.map(({ command: { name, about } }) => `  ${name.padEnd(10)}  ${about}`);
  return (
    'equisphere: equivariance versus augmentation for spherical images\n\n' +
    `Commands\n${lines.join('\n')}\n\nequisphere COMMAND --help explains one.`
  );
}

/** One line for people; a stack only for what may be our fault. @returns the exit code */
function report(error: Error): number {
  if (error.name === 'Interrupted') {
    console.error('interrupted; what is done is saved, and the same command goes on from there');
    return 130;
  }
  if (error instanceof UsageError) {
    console.error(`equisphere: ${error.message}`);
    return 2;
  }
  console.error(isOfSystem(error) ? `equisphere: ${error.message}` : (error.stack ?? String(error)));
  return 1;
}

if (require.main === module) void run();
