const childProcess = require('node:child_process');
const { randomUUID } = require('node:crypto');
const { closeSync, openSync, readFileSync, rmSync } = require('node:fs');
const { syncBuiltinESMExports } = require('node:module');
const { tmpdir } = require('node:os');
const { join } = require('node:path');

/**
 * Lets child processes that inherit the kernel's output write into the notebook: they would write where Jupyter was
 * started. Asynchronous ones get pipes; synchronous ones, which nobody can listen to, get files.
 */
exports.showChildren = () => {
  const { spawn } = childProcess.ChildProcess.prototype;
  childProcess.ChildProcess.prototype.spawn = function (options) {
    const { stdio, taken } = options.detached ? { taken: [] } : redirect(options.stdio, () => 'pipe');
    const status = spawn.call(this, taken.length > 0 ? { ...options, stdio } : options);
    for (const { fd, name } of taken)
      this.stdio?.[fd]?.setEncoding('utf8').on('data', (text) => process[name].write(text));
    return status;
  };
  for (const name of ['spawnSync', 'execSync', 'execFileSync'])
    childProcess[name] = throughFiles(childProcess[name]);
  syncBuiltinESMExports();
};

/** @param run spawnSync, execSync or execFileSync */
function throughFiles(run) {
  return (...args) => {
    const at = args.findIndex((arg, i) => i > 0 && typeof arg === 'object' && arg && !Array.isArray(arg));
    const { stdio, taken } = redirect(args[at]?.stdio, newFile);
    if (taken.length === 0) return run(...args);
    try {
      return run(...args.with(at, { ...args[at], stdio: stdio.map((entry) => entry?.fd ?? entry) }));
    } finally {
      for (const { name, place } of taken) {
        closeSync(place.fd);
        process[name].write(readFileSync(place.path));
        rmSync(place.path);
      }
    }
  };
}

function newFile() {
  const path = join(tmpdir(), `equisphere-${randomUUID()}`);
  return { path, fd: openSync(path, 'wx') };
}

/**
 * @param stdio as child_process takes it
 * @param newPlace gives what stands there instead of the kernel's own output
 * @returns `stdio` with these, and for each the child's descriptor and the name of the kernel's stream
 */
function redirect(stdio = 'pipe', newPlace) {
  const taken = [];
  const entries = Array.isArray(stdio) ? stdio : [stdio, stdio, stdio];
  const changed = entries.map((entry, fd) => {
    const name = fd > 0 ? streamName(entry === 'inherit' ? fd : entry) : undefined;
    if (!name) return entry;
    const place = newPlace();
    taken.push({ fd, name, place });
    return place;
  });
  return { stdio: changed, taken };
}

function streamName(entry) {
  if (entry === 1 || entry === process.stdout) return 'stdout';
  if (entry === 2 || entry === process.stderr) return 'stderr';
}
