import { parseArgs } from 'node:util';
import { check, checkInteger, checkName, checkOneOf, UsageError } from '../util/check';
import type { Command, Option, Values } from './command';

/** Every command has it. */
const helpOption = { type: 'boolean', short: 'h', help: 'this text' } as const;

/**
 * Parses the arguments of a command.
 * @throws UsageError for an unknown option (with the nearest known one), one that stands there twice, a missing or empty
 *   value, or a stray word
 */
export function parseArguments(command: Command, args: string[]): Values {
  const options: Record<string, Option> = { ...command.options, help: helpOption };
  const { tokens } = parseArgs({ args: joined(args, options), options, strict: false, tokens: true });
  const values: Record<string, string | boolean> = {};
  for (const token of tokens) {
    if (token.kind === 'positional') throw new UsageError(`${command.name} takes no "${token.value}"`);
    if (token.kind !== 'option') continue;
    const { rawName, name, value } = token;
    const known = Object.keys(options).flatMap((long) => [`--${long}`, `-${options[long].short ?? ''}`]);
    const isKnown = rawName.startsWith('-') && known.includes(rawName) && name in options;
    if (!isKnown) checkOneOf(`option of ${command.name}`, rawName, known.filter(isLong));
    check(!(name in values), `${rawName} stands there twice`);
    if (options[name].type === 'boolean') check(value === undefined, `${rawName} takes no value`);
    else check(value?.trim(), `${rawName}: expected a value, got none`);
    values[name] = value ?? true;
  }
  return values;
}

function isLong(option: string): boolean {
  return option.startsWith('--');
}

/** `--images -5` as `--images=-5`: what follows an option that wants a value is its value, unless it is an option. */
function joined(args: readonly string[], options: Record<string, Option>): string[] {
  const whole: string[] = [];
  for (let i = 0; i < args.length; i++) {
    const [arg, next] = [args[i], args[i + 1]];
    const wantsValue = isLong(arg) && options[arg.slice(2)]?.type === 'string';
    const hasValue = wantsValue && next !== undefined && !isLong(next);
    whole.push(wantsValue ? `${arg}=${hasValue ? next : ''}` : arg);
    if (hasValue) i++;
  }
  return whole;
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
  const numbers = listOf(name, values)?.map((word) => integer(name, word, low, high));
  const twice = numbers?.find((number, i) => numbers.indexOf(number) !== i);
  check(twice === undefined, `--${name}: ${twice} stands there twice`);
  return numbers;
}

/** @throws UsageError unless the value is one integer from `low` to `high`; undefined if it was not given */
export function integerOf(name: string, values: Values, low = 0, high?: number): number | undefined {
  const word = wordOf(values[name]);
  return word === undefined ? undefined : integer(name, word, low, high);
}

/** @throws UsageError unless the value is a number above 0; undefined if it was not given */
export function positiveOf(name: string, values: Values): number | undefined {
  const word = wordOf(values[name]);
  if (word === undefined) return undefined;
  const number = numberIn(word);
  check(number > 0 && Number.isFinite(number), `--${name}: expected a number above 0, got "${word}"`);
  return number;
}

/** @throws UsageError unless the value could be the name of a folder; undefined if it was not given */
export function nameOf(name: string, values: Values): string | undefined {
  const word = wordOf(values[name]);
  return word === undefined ? undefined : checkName(`--${name}`, word);
}

function integer(name: string, word: string, low: number, high?: number): number {
  const number = numberIn(word);
  return checkInteger(`--${name}`, Number.isNaN(number) ? word : number, low, high);
}

/** A number in decimal digits; NaN for anything else, as `0x10` or nothing at all. */
function numberIn(word: string): number {
  return /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(word) ? Number(word) : Number.NaN;
}

/** The value of an option that takes a word. */
export function wordOf(value: string | boolean | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
