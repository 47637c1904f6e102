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
  page: () => require('./commands/page'),
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
    `Commands\n${lines.join('\n')}\n\nequisphere COMMAND --help explains one.\nEQUISPHERE_STACK=1 shows where in the program an error arose.`
  );
}

/** One line for people; the stack if $EQUISPHERE_STACK asks for it. @returns the exit code */
function report(error: Error, complain: (line: string) => void): number {
  if (error.name === 'Interrupted') {
    complain('interrupted; what is done is saved, and the same command goes on from there');
    return 130;
  }
  complain(process.env.EQUISPHERE_STACK ? (error.stack ?? String(error)) : `equisphere: ${lineOf(error)}`);
  return error instanceof UsageError ? 2 : 1;
}

function lineOf(error: Error): string {
  const { name, message, stack = '' } = error;
  const isForPeople = error instanceof UsageError || isOfSystem(error) || !/^ +at /m.test(stack);
  const [line] = message.split('\n');
  return isForPeople ? line : `${name}: ${line} (a fault of the program; EQUISPHERE_STACK=1 shows where)`;
}

if (require.main === module) void run();
