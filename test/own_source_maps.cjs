/*
 * Loaded before all else in every process of the tests: source maps of packages are not read. Node reads them where the
 * coverage is counted or a loader asks for stack traces in sources, TensorFlow.js's alone are 20 MB.
 */
const fs = require('node:fs');
const { sep } = require('node:path');

const { readFileSync } = fs;
fs.readFileSync = (path, ...options) => {
  if (String(path).endsWith('.map') && String(path).includes(`${sep}node_modules${sep}`))
    throw new Error(`${path}: not read`);
  return readFileSync(path, ...options);
};
