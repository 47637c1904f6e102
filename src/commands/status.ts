/** Lines that stay, and one line at the bottom that changes. */
export interface StatusLine {
  /** writes a line that stays */
  log(line: string): void;
  /** replaces the changing line */
  update(line: string): void;
  /** takes the changing line away */
  clear(): void;
  /** whether nobody reads any more: `equisphere ... | head -1` */
  isClosed(): boolean;
  /** calls back once nobody reads any more */
  onClosed(callback: () => void): void;
}

/** Where there is no terminal, the changing line is written this often. */
const SECONDS_BETWEEN_LINES = 20;

/** A status line for a terminal; for a file or a pipe, plain lines now and then. */
export function statusLine(stream: NodeJS.WriteStream = process.stdout): StatusLine {
  let closed = false;
  const callbacks: (() => void)[] = [];
  // A reader that is gone: EPIPE. A terminal that is gone: EIO.
  stream.on('error', () => {
    if (closed) return;
    closed = true;
    for (const callback of callbacks) callback();
  });
  return {
    ...(stream.isTTY ? onTerminal(stream) : onPipe(stream)),
    isClosed: () => closed,
    onClosed: (callback) => callbacks.push(callback),
  };
}

type Lines = Omit<StatusLine, 'isClosed' | 'onClosed'>;

function onTerminal(stream: NodeJS.WriteStream): Lines {
  let shown = '';
  let last = 0;
  const erase = () => {
    if (shown) stream.write('\r\x1b[K');
    shown = '';
  };
  return {
    log: (line) => {
      erase();
      stream.write(`${line}\n`);
    },
    update: (line) => {
      if (Date.now() - last < 100) return;
      last = Date.now();
      erase();
      shown = line.slice(0, (stream.columns || 80) - 1);
      stream.write(shown);
    },
    clear: erase,
  };
}

function onPipe(stream: NodeJS.WriteStream): Lines {
  let last = Date.now();
  return {
    log: (line) => {
      stream.write(`${line}\n`);
    },
    update: (line) => {
      if (Date.now() - last < SECONDS_BETWEEN_LINES * 1000) return;
      last = Date.now();
      stream.write(`${line}\n`);
    },
    clear: () => {},
  };
}
