const { Worker } = require('node:worker_threads');

const watch = `
const parent = process.ppid;
setInterval(() => process.ppid === parent || process.kill(process.pid, 'SIGKILL'), 1000);
`;

/**
 * Ends this process when the one that started it is gone, even in the middle of an endless loop: the watch runs on a
 * thread of its own. Jupyter asks for it by JPY_PARENT_PID; on Windows that is a handle, and nothing is watched.
 */
exports.exitWithParent = () => {
  if (process.env.JPY_PARENT_PID && process.platform !== 'win32') new Worker(watch, { eval: true }).unref();
};
