import { helpText, parseArguments } from './commands/arguments';
import type { Command } from './commands/command';
import { withInterrupts } from './commands/interrupt';
import { type StatusLine, statusLine } from './commands/status';
import { checkOneOf, UsageError } from './util/check';
import { isOfSystem } from './util/files';

/** Loaded when called, so that `equisphere notebooks` does not wait for TensorFlow.js. */
const commands: Record<string, () => { command: Command }> = {
  reproduce: () => require('./commands/reproduce'),
  train: () => require('./commands/train'),
  sweep: () => require('./commands/sweep'),
  publish: () => require('./commands/publish'),
  networks: () => require('./commands/networks'),
  measure: () => require('./commands/measure'),
  figures: () => require('./commands/figures'),
  notebooks: () => require('./commands/notebooks'),
  data: () => require('./commands/data'),
  engines: () => require('./commands/engines'),
  bench: () => require('./commands/bench'),
};

/** Runs the command line and ends the process with its exit code. */
export async function run(args: string[] = process.argv.slice(2)): Promise<void> {
  const status = statusLine();
  process.stderr.on('error', () => {}); // of a terminal that was closed
  process.exitCode = await execute(args, status, console.error);
  // Engines may hold threads that would keep the process alive.
  process.exit();
}

/**
 * Runs the command line.
 * @param complain takes what goes wrong
 * @returns the exit code: 0, 1 for a failure, 2 for a wrong use, 130 for Ctrl-C
 */
export async function execute(
  args: string[],
  status: StatusLine,
  complain: (line: string) => void,
): Promise<number> {
  try {
    await dispatch(args, status);
    status.clear();
    return 0;
  } catch (error) {
    status.clear();
    return status.isClosed() ? 0 : report(error as Error, complain);
  }
}

async function dispatch([name, ...args]: string[], status: StatusLine): Promise<void> {
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    status.log(overview());
    return;
  }
  checkOneOf('command', name, Object.keys(commands));
  const { command } = commands[name]();
  const values = parseArguments(command, args);
  if (values.help) status.log(helpText(command));
  else await withInterrupts(status, (signal) => command.run(values, { status, signal }));
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
function report(error: Error, complain: (line: string) => void): number {
  if (error.name === 'Interrupted') {
    complain('interrupted; what is done is saved, and the same command goes on from there');
    return 130;
  }
  if (error instanceof UsageError) {
    complain(`equisphere: ${error.message}`);
    return 2;
  }
  complain(isOfSystem(error) ? `equisphere: ${error.message}` : (error.stack ?? String(error)));
  return 1;
}

if (require.main === module) void run();
