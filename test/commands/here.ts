import { execute } from '../../src/cli';

/** Runs the command line in this process. */
export async function here(...args: string[]) {
  const [said, complaints]: [string[], string[]] = [[], []];
  const say = (line: string) => said.push(line);
  const status = { log: say, update: say, clear: () => {}, isClosed: () => false, onClosed: () => {} };
  const code = await execute(args, status, (line) => complaints.push(line));
  return { code, said, complaints };
}
