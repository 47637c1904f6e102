const { existsSync } = require('node:fs');
const { relative } = require('node:path');
const { inspect, types } = require('node:util');

/** @returns the content of Jupyter's `error` message for whatever a cell threw; an interrupt has no stack */
exports.ofThrown = (thrown, root) => {
  if (!types.isNativeError(thrown)) {
    const evalue = inspect(thrown);
    return { ename: 'Thrown', evalue, traceback: [`Thrown: ${evalue}`] };
  }
  const interrupt = [thrown, thrown.cause].find((error) => error?.name === 'Interrupted');
  if (interrupt) return { ename: 'Interrupted', evalue: interrupt.message, traceback: [interrupt.message] };
  const { name: ename, message: evalue } = thrown;
  const traceback = [`${ename}: ${evalue}`, ...frames(thrown.stack ?? '', root)];
  if (thrown.cause !== undefined)
    traceback.push(
      ...exports.ofThrown(thrown.cause, root).traceback.map((line, i) => (i ? line : `Caused by ${line}`)),
    );
  return { ename, evalue, traceback };
};

/** @param problems lines `row:column - message`, rows counted from the top of the cell */
exports.ofCompiler = (problems) => ({
  ename: 'CompileError',
  evalue: problems[0],
  traceback: problems.map((line) => `CompileError: ${line}`),
});

/**
 * The stack from the throw to the cell, without tslab's and Node's own frames. Rows are kept for JavaScript files only:
 * those of cells and of TypeScript sources count lines that nobody wrote.
 */
function frames(stack, root) {
  const all = stack.split('\n').filter((line) => /^\s+at /.test(line));
  const end = all.findIndex((line) => /[\\/]tslab[\\/]dist[\\/]/.test(line));
  return all
    .slice(0, end < 0 ? all.length : end)
    .filter((line) => !/\(?node:|^\s+at new Script/.test(line))
    .map((line) => line.replace(/evalmachine\.<anonymous>(:\d+)*/, 'notebook'))
    .filter((line) => line !== '    at notebook')
    .map((line) =>
      line.replace(/((?:file:\/\/)?[/\\]|[A-Z]:\\)[^()]*?\.[cm]?js(:\d+)*/, (place) => shorten(place, root)),
    );
}

function shorten(place, root) {
  const [path] = place.split(/:\d+/);
  const source = path.replace(/\.js$/, '.ts');
  const shown = source !== path && !path.includes('node_modules') && existsSync(source) ? source : place;
  return relative(root, shown).startsWith('..') ? shown : relative(root, shown);
}
