import { mkdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { dirname } from 'node:path';
import { ownJob, type SlurmJob } from './slurm';

/** Another process works on the experiment. */
export class RunsElsewhere extends Error {
  override name = 'RunsElsewhere';
}

interface Holder {
  host: string;
  pid: number;
  job?: SlurmJob;
}

const HEARTBEAT_MS = 20_000;

/** A holder on another machine that has been silent for so long is gone. */
const SILENCE_MS = 5 * 60_000;

/** So is one on this machine whose process number someone else may have by now. */
const LONG_SILENCE_MS = 60 * 60_000;

/** And so is an earlier sitting of our own Slurm job, unless its node lives on where Slurm cannot reach it. */
const REQUEUED_SILENCE_MS = 90_000;

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

/** Who holds a lock, as in `process 12 on node3`; undefined if nobody does. */
export function heldBy(path: string): string | undefined {
  const found = read(path);
  return found === undefined || isGone(path, found) ? undefined : nameOf(found);
}

function acquire(path: string): void {
  for (let attempt = 0; attempt < 3; attempt++) {
    if (create(path)) return;
    const found = read(path);
    if (found === undefined) continue; // released just now
    if (!isGone(path, found)) throw new RunsElsewhere(`${nameOf(found)} works on it (${path})`);
    remove(path, found);
  }
  throw new RunsElsewhere(`other processes took it (${path})`);
}

function create(path: string): boolean {
  try {
    writeFileSync(path, JSON.stringify(ourselves()), { flag: 'wx' });
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

function ourselves(): Holder {
  return { host: hostname(), pid: process.pid, job: ownJob() };
}

function nameOf(text: string): string {
  const holder = parse(text);
  return holder ? `process ${holder.pid} on ${holder.host}` : 'another process';
}

function isGone(path: string, text: string): boolean {
  const holder = parse(text);
  const silence = Date.now() - (modified(path) ?? Date.now());
  if (holder?.host === hostname()) return !isAlive(holder.pid) || silence > LONG_SILENCE_MS;
  return silence > (holder && isBeforeRequeue(holder) ? REQUEUED_SILENCE_MS : SILENCE_MS);
}

function isBeforeRequeue({ job }: Holder): boolean {
  const own = ownJob();
  return job !== undefined && job.id === own?.id && job.restarts < own.restarts;
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
