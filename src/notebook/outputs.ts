import type { Cell, Output } from './ipynb';
import type { Message } from './wire';

/** Longest text that a stream of a cell may print. */
const LONGEST = 10_000_000; // characters

type Displayed = Extract<Output, { output_type: 'display_data' | 'execute_result' }>;

/** Turns the messages that a kernel publishes into the outputs of cells. */
export class Outputs {
  private readonly displays = new Map<string, Displayed[]>();
  private readonly toClear = new Set<Cell>();

  /** Adds what `message` carries to the outputs of the cell that it belongs to. */
  add(cell: Cell, { header, content }: Message): void {
    if (header.msg_type === 'clear_output') this.clear(cell, content.wait === true);
    else if (header.msg_type === 'update_display_data') this.update(content);
    else {
      const output = toOutput(header.msg_type, content);
      if (!output) return;
      if (this.toClear.has(cell)) this.clear(cell, false);
      this.append(cell, output, displayId(content));
    }
  }

  private clear(cell: Cell, wait: boolean): void {
    if (wait) {
      this.toClear.add(cell);
      return;
    }
    this.toClear.delete(cell);
    cell.outputs = [];
  }

  private append(cell: Cell, output: Output, id: string | undefined): void {
    cell.outputs ??= [];
    const last = cell.outputs.at(-1);
    if (output.output_type === 'stream' && last?.output_type === 'stream' && last.name === output.name) {
      last.text = extended(last.text, output.text);
      return;
    }
    if (output.output_type === 'stream') output.text = extended('', output.text);
    cell.outputs.push(output);
    if (id !== undefined && 'data' in output)
      this.displays.set(id, [...(this.displays.get(id) ?? []), output]);
  }

  private update(content: Message['content']): void {
    const { data, metadata } = content as unknown as Displayed;
    for (const output of this.displays.get(displayId(content) ?? '') ?? [])
      Object.assign(output, { data, metadata });
  }
}

function extended(text: string, more: string): string {
  if (text.length > LONGEST) return text;
  const whole = text + more;
  return whole.length > LONGEST
    ? `${whole.slice(0, LONGEST)}\n... and more: what follows ${LONGEST} characters is left out\n`
    : whole;
}

function displayId(content: Message['content']): string | undefined {
  return (content.transient as { display_id?: string } | undefined)?.display_id;
}

function toOutput(type: string, content: Message['content']): Output | undefined {
  const { transient, ...rest } = content;
  const known = ['stream', 'error', 'display_data', 'execute_result'].includes(type);
  return known ? ({ output_type: type, ...rest } as Output) : undefined;
}

/** Outputs as they are stored: what a terminal would show after carriage returns, no empty texts. */
export function settled(outputs: readonly Output[]): Output[] {
  return outputs
    .map((output) =>
      output.output_type === 'stream' ? { ...output, text: foldReturns(output.text) } : output,
    )
    .filter((output) => output.output_type !== 'stream' || output.text !== '');
}

/** What a terminal shows at the end: of each line what follows its last carriage return, but for those at its end. */
export function foldReturns(text: string): string {
  return text.includes('\r') ? text.split('\n').map(foldLine).join('\n') : text;
}

function foldLine(line: string): string {
  let end = line.length;
  while (line[end - 1] === '\r') end--;
  return end === 0 ? '' : line.slice(line.lastIndexOf('\r', end - 1) + 1, end);
}
