import { readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { dirname } from 'node:path';
import { makeFolder, namingFile } from '../util/files';
import { ownJob, type SlurmJob } from './slurm';

/** Another process works on the experiment. */
export class RunsElsewhere extends Error {
  override name = 'RunsElsewhere';
}

interface Holder {
  host: string;
  pid: number;
  /** when the process started, in the system's own words; another process may get its number */
  born: string | undefined;
  job?: SlurmJob;
}

const HEARTBEAT_MS = 20_000;

/** A holder on another machine that has been silent for so long is gone. */
const SILENCE_MS = 5 * 60_000;

/** And so is an earlier sitting of our own Slurm job, unless its node lives on where Slurm cannot reach it. */
const REQUEUED_SILENCE_MS = 90_000;

/**
 * Does `work` while no other process may, on this machine or another one that shares the disk. A lock whose holder is
 * gone is taken over; `work` is told if that happened to its own, as to a machine that slept.
 * @param path of the lock's file, which is there only meanwhile
 * @throws RunsElsewhere if another process holds it, or took it over; what `work` throws
 */
export async function withLock<T>(path: string, work: (lost: AbortSignal) => Promise<T>): Promise<T> {
  makeFolder(dirname(path));
  acquire(path);
  const lost = new AbortController();
  const heartbeat = setInterval(() => {
    const found = read(path);
    if (found === ours()) touch(path);
    else if (found !== undefined) lost.abort();
  }, HEARTBEAT_MS);
  heartbeat.unref();
  try {
    return await work(lost.signal);
  } catch (error) {
    throw lost.signal.aborted ? new RunsElsewhere(`another process took it over (${path})`) : error;
  } finally {
    clearInterval(heartbeat);
    if (read(path) === ours()) rmSync(path, { force: true });
  }
}

/** What our own locks say. */
function ours(): string {
  const holder: Holder = { host: hostname(), pid: process.pid, born: birthOf(process.pid), job: ownJob() };
  return JSON.stringify(holder);
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
    removeStale(path, found);
  }
  throw new RunsElsewhere(`other processes took it (${path})`);
}

function create(path: string): boolean {
  try {
    namingFile(path, () => writeFileSync(path, ours(), { flag: 'wx' }));
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    // On a full disk the file is there, without a word of whose it is.
    if ((error as NodeJS.ErrnoException).syscall === 'write') rmSync(path, { force: true });
    throw error;
  }
}

/**
 * Takes a stale lock away. Only one process at a time may, or the second would take away the fresh lock that the first
 * has put in its place.
 */
function removeStale(path: string, stale: string): void {
  const guard = `${path}.stale`;
  if (!create(guard)) {
    if (silenceOf(guard) > SILENCE_MS) rmSync(guard, { force: true }); // its owner died within these few lines
    return;
  }
  try {
    if (read(path) === stale) rmSync(path, { force: true });
  } finally {
    rmSync(guard, { force: true });
  }
}

function nameOf(text: string): string {
  const holder = parse(text);
  return holder ? `process ${holder.pid} on ${holder.host}` : 'another process';
}

function isGone(path: string, text: string): boolean {
  const holder = parse(text);
  if (holder?.host === hostname()) return !isAlive(holder);
  return silenceOf(path) > (holder && isBeforeRequeue(holder) ? REQUEUED_SILENCE_MS : SILENCE_MS);
}

function isBeforeRequeue({ job }: Holder): boolean {
  const own = ownJob();
  return job !== undefined && job.id === own?.id && job.restarts < own.restarts;
}

function silenceOf(path: string): number {
  return Date.now() - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
}

function isAlive({ pid, born }: Holder): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  const now = birthOf(pid);
  return born === undefined || now === undefined || born === now;
}

/** When a process started, in clock ticks since boot; undefined where the system keeps no /proc. See proc(5), field 22. */
function birthOf(pid: number): string | undefined {
  const afterName = read(`/proc/${pid}/stat`)?.split(') ').pop();
  return afterName?.split(' ')[19];
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

function touch(path: string): void {
  try {
    utimesSync(path, new Date(), new Date());
  } catch {
    // the disk may come back; if it does not, the training's own writes say so
  }
}
