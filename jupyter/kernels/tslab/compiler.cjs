const { readFileSync } = require('node:fs');
const { join } = require('node:path');
const { sharedVariables } = require('./cell_transform.cjs');

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
    createWatchCompilerHost: (files, options, system, ...rest) =>
      ts.createWatchCompilerHost(files, { ...options, ...rules }, withOneTimer(system), ...rest),
    createWatchProgram: (host) => {
      const { afterProgramCreate } = host;
      host.afterProgramCreate = (builder) => afterProgramCreate(withSharedVariables(ts, builder));
      return ts.createWatchProgram(host);
    },
  };
};

/**
 * tslab has room for one timer, that of the next compilation, and fails for good when a new file makes the compiler set
 * its other one, to look again for modules that were missing. That is done at once instead.
 */
function withOneTimer(system) {
  const { setTimeout } = system;
  system.setTimeout = (callback, ...rest) =>
    callback.name === 'updateProgramWithWatchStatus' ? setTimeout(callback, ...rest) : callback();
  return system;
}

/**
 * Transforms what the compiler emits. tslab asks for the symbol of the x in `{ x: x }`, once `{ x }`, and would get the
 * property: its question is answered with the variable.
 */
function withSharedVariables(ts, builder) {
  const program = builder.getProgram();
  const checker = program.getTypeChecker();
  const getSymbolAtLocation = (node) =>
    node.parent && ts.isShorthandPropertyAssignment(node.parent)
      ? checker.getShorthandAssignmentValueSymbol(node.parent)
      : checker.getSymbolAtLocation(node);
  const answering = { ...checker, getSymbolAtLocation };
  program.getTypeChecker = () => answering;
  builder.getProgram = () => program;

  const emit = builder.emit.bind(builder);
  builder.emit = (file, write, token, declarationsOnly, transformers = {}) => {
    const before = [...(transformers.before ?? []), sharedVariables(ts, answering)];
    return emit(file, write, token, declarationsOnly, { ...transformers, before });
  };
  return builder;
}

function projectRules(ts, root) {
  const path = join(root, 'tsconfig.json');
  const { config } = ts.parseConfigFileTextToJson(path, readFileSync(path, 'utf8'));
  const chosen = Object.entries(config.compilerOptions).filter(([name]) => !notForCells.includes(name));
  const { options } = ts.convertCompilerOptionsFromJson(Object.fromEntries(chosen), root);
  return { ...options, alwaysStrict: false }; // tslab's noImplicitUseStrict contradicts it
}
