const { readFileSync } = require('node:fs');
const { join } = require('node:path');

/** Options of tsconfig.json that are not for cells: tslab has its own modules, and re-exports all that a cell declares. */
const notForCells = ['module', 'isolatedModules', 'sourceMap', 'noEmit'];

/**
 * Makes tslab's compiler check cells by the project's tsconfig.json (`strict` above all), which tslab does not read.
 * Call it before any module of tslab is loaded. The compiler's exports cannot be changed, so tslab gets a copy of them.
 */
exports.useProjectRules = (root) => {
  const path = require.resolve('@tslab/typescript-for-tslab');
  const ts = require(path);
  const rules = projectRules(ts, root);
  require.cache[path].exports = {
    ...ts,
    createWatchCompilerHost: (files, options, ...rest) =>
      ts.createWatchCompilerHost(files, { ...options, ...rules }, ...rest),
  };
};

function projectRules(ts, root) {
  const path = join(root, 'tsconfig.json');
  const { config } = ts.parseConfigFileTextToJson(path, readFileSync(path, 'utf8'));
  const chosen = Object.entries(config.compilerOptions).filter(([name]) => !notForCells.includes(name));
  const { options } = ts.convertCompilerOptionsFromJson(Object.fromEntries(chosen), root);
  return { ...options, alwaysStrict: false }; // tslab's noImplicitUseStrict contradicts it
}
