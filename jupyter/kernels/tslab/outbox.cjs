/**
 * ZeroMQ refuses the 513th message of one turn of the event loop.
 * @returns a `send` that keeps the refused ones and sends them later, in order
 */
exports.patientSender = (socket) => {
  const waiting = [];

  const trySend = (frames) => {
    try {
      socket.send(frames).catch(() => undefined); // fails only when the socket is closed
      return true;
    } catch (error) {
      if (error.code === 'EBUSY') return false;
      throw error;
    }
  };
  const drain = () => {
    while (waiting.length > 0 && trySend(waiting[0])) waiting.shift();
    if (waiting.length > 0) setImmediate(drain);
  };
  const send = (frames) => {
    if (waiting.length === 0 && trySend(frames)) return;
    if (waiting.push(frames) === 1) setImmediate(drain);
  };
  return { send };
};

const LONGEST_WAIT_MS = 50;
const LARGEST_TEXT = 1 << 16; // characters
const JOIN_AFTER = 20; // writes

/**
 * Joins the many small writes of a cell to few messages. The first writes of a cell, and those after a pause, go out at
 * once: what code prints before a stretch in which no timer runs is seen.
 */
exports.StreamBuffer = class StreamBuffer {
  text = '';
  alone = 0; // writes since the last pause
  written = 0;

  /** @param publish called with 'stdout' or 'stderr' and the text */
  constructor(publish) {
    this.publish = publish;
  }

  write(name, text) {
    if (this.text && this.name !== name) this.flush();
    if (!this.text) this.timer = setTimeout(() => this.flush(), LONGEST_WAIT_MS);
    this.name = name;
    this.text += text;
    const now = Date.now();
    this.alone = now - this.written >= LONGEST_WAIT_MS ? 1 : this.alone + 1;
    this.written = now;
    if (this.text.length >= LARGEST_TEXT || this.alone <= JOIN_AFTER) this.flush();
  }

  flush() {
    clearTimeout(this.timer);
    const { name, text } = this;
    this.text = '';
    if (text) this.publish(name, text);
  }
};
