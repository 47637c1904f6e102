import { parseArgs } from 'node:util';
import { check, checkInteger, checkOneOf, UsageError } from '../util/check';
import type { Command, Option, Values } from './command';

/** Every command has it. */
export const helpOption = { type: 'boolean', short: 'h', help: 'this text' } as const;

/**
 * Parses the arguments of a command.
 * @throws UsageError for an unknown option (with the nearest known one), a missing or empty value, or a stray word
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
    if (token.kind === 'option')
      check(token.value?.trim() !== '', `${token.rawName}: expected a value, got none`);
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

/**
 * A list separated by commas; undefined if the option was not given.
 * @throws UsageError for an empty list, or an entry that stands there twice
 */
export function listOf(name: string, values: Values): string[] | undefined {
  const value = values[name];
  if (typeof value !== 'string') return undefined;
  const words = value.split(',').map((word) => word.trim());
  check(words.every(Boolean), `--${name}: expected a list as in a,b, got "${value}"`);
  const twice = words.find((word, i) => words.indexOf(word) !== i);
  check(twice === undefined, `--${name}: "${twice}" stands there twice`);
  return words;
}

/** @throws UsageError unless the value is a list of different integers from `low` to `high` */
export function integersOf(name: string, values: Values, low = 0, high?: number): number[] | undefined {
  const numbers = listOf(name, values)?.map((word) => checkInteger(`--${name}`, Number(word), low, high));
  check(new Set(numbers).size === (numbers?.length ?? 0), `--${name}: a number stands there twice`);
  return numbers;
}

/** @throws UsageError unless the value is one integer from `low` to `high`; undefined if it was not given */
export function integerOf(name: string, values: Values, low = 0, high?: number): number | undefined {
  const word = wordOf(values[name]);
  return word === undefined ? undefined : checkInteger(`--${name}`, Number(word), low, high);
}

/** @throws UsageError unless the value is a number above 0; undefined if it was not given */
export function positiveOf(name: string, values: Values): number | undefined {
  const word = wordOf(values[name]);
  if (word === undefined) return undefined;
  const isPositive = Number(word) > 0 && Number.isFinite(Number(word));
  check(isPositive, `--${name}: expected a number above 0, got "${word}"`);
  return Number(word);
}

/** The value of an option that takes a word. */
export function wordOf(value: string | boolean | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
