import { mkdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { dirname } from 'node:path';

/** Another process works on the experiment. */
export class RunsElsewhere extends Error {
  override name = 'RunsElsewhere';
}

interface Holder {
  host: string;
  pid: number;
}

const HEARTBEAT_MS = 20_000;

/** A holder on another machine that has been silent for so long is gone. */
const SILENCE_MS = 5 * 60_000;

/** So is one on this machine whose process number someone else may have by now. */
const LONG_SILENCE_MS = 60 * 60_000;

/**
 * Does `work` while no other process may, on this machine or another one that shares the disk. A lock whose holder is
 * gone is taken over.
 * @param path of the lock's file, which is there only meanwhile
 * @throws RunsElsewhere if another process holds it; what `work` throws
 */
export async function withLock<T>(path: string, work: () => Promise<T>): Promise<T> {
  mkdirSync(dirname(path), { recursive: true });
  acquire(path);
  const heartbeat = setInterval(() => touch(path), HEARTBEAT_MS);
  heartbeat.unref();
  try {
    return await work();
  } finally {
    clearInterval(heartbeat);
    if (isOurs(path)) rmSync(path, { force: true });
  }
}

function acquire(path: string): void {
  for (let attempt = 0; attempt < 3; attempt++) {
    if (create(path)) return;
    const found = read(path);
    if (found === undefined) continue; // released just now
    if (!isGone(path, found)) {
      const holder = parse(found);
      const who = holder ? `process ${holder.pid} on ${holder.host}` : 'another process';
      throw new RunsElsewhere(`${who} works on it (${path})`);
    }
    remove(path, found);
  }
  throw new RunsElsewhere(`other processes took it (${path})`);
}

function create(path: string): boolean {
  try {
    writeFileSync(path, JSON.stringify({ host: hostname(), pid: process.pid }), { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** Takes a stale lock away, but not the fresh one that somebody else may have put in its place meanwhile. */
function remove(path: string, stale: string): void {
  const aside = `${path}.${process.pid}.stale`;
  try {
    renameSync(path, aside);
  } catch {
    return; // someone else was faster
  }
  if (read(aside) === stale) rmSync(aside, { force: true });
  else renameSync(aside, path);
}

function isGone(path: string, text: string): boolean {
  const holder = parse(text);
  const silence = Date.now() - (modified(path) ?? Date.now());
  if (!holder || holder.host !== hostname()) return silence > SILENCE_MS;
  return !isAlive(holder.pid) || silence > LONG_SILENCE_MS;
}

function isOurs(path: string): boolean {
  const holder = parse(read(path) ?? '');
  return holder?.host === hostname() && holder.pid === process.pid;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function parse(text: string): Holder | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // being written, or cut short
  }
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

function modified(path: string): number | undefined {
  try {
    return statSync(path).mtimeMs;
  } catch {
    return undefined;
  }
}

function touch(path: string): void {
  try {
    utimesSync(path, new Date(), new Date());
  } catch {
    // the disk may come back; if it does not, the training's own writes say so
  }
}
