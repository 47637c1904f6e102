import { parseArgs } from 'node:util';
import { checkOneOf, UsageError } from '../util/check';
import type { Command, Option, Values } from './command';

/** Every command has it. */
export const helpOption = { type: 'boolean', short: 'h', help: 'this text' } as const;

/**
 * Parses the arguments of a command.
 * @throws UsageError for an unknown option (with the nearest known one), a missing value or a stray word
 */
export function parseArguments(command: Command, args: string[]): Values {
  const options: Record<string, Option> = { ...command.options, help: helpOption };
  const { tokens } = parseArgs({ args, options, strict: false, tokens: true });
  const known = Object.keys(options);
  const shorts = Object.values(options).map((option) => option.short);
  for (const token of tokens) {
    if (token.kind === 'option' && !(token.rawName.length === 2 && shorts.includes(token.name)))
      if (!known.includes(token.name))
        checkOneOf(
          `option of ${command.name}`,
          token.rawName,
          known.map((name) => `--${name}`),
        );
    if (token.kind === 'positional') throw new UsageError(`${command.name} takes no "${token.value}"`);
  }
  try {
    return parseArgs({ args, options }).values as Values;
  } catch (error) {
    throw new UsageError((error as Error).message.split('\n')[0]);
  }
}

/** A command's --help: its text, then a line for each option. */
export function helpText(command: Command): string {
  const options: [string, Option][] = [...Object.entries(command.options), ['help', helpOption]];
  const names = options.map(([name, { short, value }]) => {
    return `${short ? `-${short}, ` : '    '}--${name}${value ? ` ${value}` : ''}`;
  });
  const width = Math.max(...names.map((name) => name.length));
  const lines = options.map(([, { help }], i) => {
    return `  ${names[i].padEnd(width)}  ${help.replaceAll('\n', `\n${' '.repeat(width + 4)}`)}`;
  });
  return `equisphere ${command.name}: ${command.about}\n\n${command.help}\n\nOptions\n${lines.join('\n')}\n`;
}

/** A list separated by commas; undefined if the option was not given. */
export function listOf(value: string | boolean | undefined): string[] | undefined {
  return typeof value === 'string' ? value.split(',').filter(Boolean) : undefined;
}

/** @throws UsageError unless the value is a list of integers of at least `low` */
export function integersOf(name: string, value: string | boolean | undefined, low = 0): number[] | undefined {
  return listOf(value)?.map((word) => {
    const number = Number(word);
    if (!Number.isInteger(number) || number < low)
      throw new UsageError(`--${name}: expected integers of at least ${low}, got "${word}"`);
    return number;
  });
}

/** @throws UsageError unless the value is one integer of at least `low`; undefined if it was not given */
export function integerOf(name: string, value: string | boolean | undefined, low = 0): number | undefined {
  const numbers = integersOf(name, value, low);
  if (numbers && numbers.length !== 1)
    throw new UsageError(`--${name}: expected one integer, got "${value}"`);
  return numbers?.[0];
}

/** @throws UsageError unless the value is a number above 0; undefined if it was not given */
export function positiveOf(name: string, value: string | boolean | undefined): number | undefined {
  if (typeof value !== 'string') return undefined;
  if (!(Number(value) > 0)) throw new UsageError(`--${name}: expected a number above 0, got "${value}"`);
  return Number(value);
}

/** The value of an option that takes a word. */
export function wordOf(value: string | boolean | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
