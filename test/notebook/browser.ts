import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { removeFolder } from '../removed';

interface Answer {
  id?: number;
  method?: string;
  params?: Record<string, unknown>;
  result?: Record<string, unknown>;
  error?: { message: string };
}

/** Chromium's command, or undefined where there is none. */
export const chromium = ['chromium', 'chromium-browser', 'google-chrome'].find(
  (name) => spawnSync(name, ['--version']).status === 0,
);

/** One page in a headless Chromium, driven by its own protocol (chromedevtools.github.io) over pipes. */
export class Page {
  private readonly waiting = new Map<number, (answer: Answer) => void>();
  private count = 0;
  private session: string | undefined;
  /** What the page reported as errors, with their places. */
  readonly errors: string[] = [];

  private constructor(
    private readonly browser: ChildProcess,
    private readonly profile: string,
  ) {
    let text = '';
    (browser.stdio[4] as Readable).setEncoding('utf8').on('data', (chunk) => {
      const messages = (text + chunk).split('\0');
      text = messages.pop() ?? '';
      for (const message of messages) this.hear(JSON.parse(message));
    });
  }

  static async open(url: string): Promise<Page> {
    const profile = mkdtempSync(join(tmpdir(), 'equisphere-chromium-'));
    const options = ['--headless', '--no-sandbox', '--remote-debugging-pipe', `--user-data-dir=${profile}`];
    const stdio = ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'] as const;
    const page = new Page(
      spawn(chromium!, [...options, '--window-size=1100,900'], { stdio: [...stdio] }),
      profile,
    );
    const { targetId } = await page.send('Target.createTarget', { url: 'about:blank' });
    const { sessionId } = await page.send('Target.attachToTarget', { targetId, flatten: true });
    page.session = sessionId as string;
    for (const domain of ['Runtime', 'Log', 'Page']) await page.send(`${domain}.enable`, {});
    await page.send('Page.navigate', { url });
    return page;
  }

  /** @returns the value of an expression, promises awaited; undefined if it throws */
  async evaluate(expression: string): Promise<unknown> {
    const { result } = await this.send('Runtime.evaluate', {
      expression: `(async () => { try { return ${expression}; } catch { return undefined; } })()`,
      awaitPromise: true,
      returnByValue: true,
    });
    return (result as { value?: unknown }).value;
  }

  /** Waits as long as the test may run. */
  async until(expression: string): Promise<void> {
    while (!(await this.evaluate(expression))) await sleep(100);
  }

  /** Gives the page's window another size, in pixels. */
  async resize(width: number, height: number): Promise<void> {
    const metrics = { width, height, deviceScaleFactor: 1, mobile: width < 600 };
    await this.send('Emulation.setDeviceMetricsOverride', metrics);
  }

  /** Draws with the mouse: down at the first point, along the others, up at the last. In pixels of the window. */
  async drag(points: readonly (readonly [x: number, y: number])[]): Promise<void> {
    const mouse = (type: string, [x, y]: readonly [number, number]) =>
      this.send('Input.dispatchMouseEvent', { type, x, y, button: 'left', buttons: 1, clickCount: 1 });
    await mouse('mousePressed', points[0]);
    for (const point of points.slice(1)) await mouse('mouseMoved', point);
    await mouse('mouseReleased', points[points.length - 1]);
  }

  async close(): Promise<void> {
    const closed = once(this.browser, 'close');
    this.session = undefined; // a command to the browser, not to its page
    // Killed, it would leave children that write into the profile.
    await Promise.race([this.send('Browser.close', {}), closed]);
    await closed;
    await removeFolder(this.profile);
  }

  private send(method: string, params: object): Promise<Record<string, unknown>> {
    const id = ++this.count;
    const message = { id, method, params, ...(this.session ? { sessionId: this.session } : {}) };
    (this.browser.stdio[3] as Writable).write(`${JSON.stringify(message)}\0`);
    return new Promise((resolve, reject) => {
      this.waiting.set(id, ({ result, error }) =>
        error ? reject(new Error(`${method}: ${error.message}`)) : resolve(result ?? {}),
      );
    });
  }

  private hear(answer: Answer): void {
    if (answer.id !== undefined) this.waiting.get(answer.id)?.(answer);
    const { method, params } = answer;
    if (method === 'Runtime.exceptionThrown') this.errors.push(JSON.stringify(params));
    const { entry } = (params ?? {}) as { entry?: { level: string; text: string; url?: string } };
    if (method === 'Log.entryAdded' && entry?.level === 'error')
      this.errors.push(`${entry.text} (${entry.url})`);
    if (method === 'Runtime.consoleAPICalled' && params?.type === 'error')
      this.errors.push(JSON.stringify(params.args));
  }
}
