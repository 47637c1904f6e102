import type { StatusLine } from './status';

/** One option of a command, as parseArgs takes it, and as --help explains it. */
export interface Option {
  type: 'string' | 'boolean';
  short?: string;
  /** what stands for the value in --help: `--tier NAME` */
  value?: string;
  help: string;
}

/** What a command may use of the outside. */
export interface Context {
  status: StatusLine;
  /** fires at Ctrl-C: stop at the next batch and keep what is done */
  signal: AbortSignal;
}

export type Values = Readonly<Record<string, string | boolean | undefined>>;

export interface Command {
  name: string;
  /** one line for the list of commands */
  about: string;
  /** paragraphs for the command's own --help, before its options */
  help: string;
  options: Readonly<Record<string, Option>>;
  run(values: Values, context: Context): Promise<void>;
}
