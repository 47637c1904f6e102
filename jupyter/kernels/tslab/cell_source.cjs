/** Codes of "... has or is using name X but cannot be named" and its kin: the compiler cannot write a type down. */
const isUnnamed = ({ code }) => [2527, 2742, 7056].includes(code) || (code >= 4000 && code < 4200);

/**
 * Wraps tslab's `convert`, which writes down the type of all that a cell declares, for the cells that follow, and
 * refuses a cell where that cannot be done. Here modules keep their types, and what else has no name becomes `any`.
 */
exports.withUnnamedTypes = (ts, convert) => (earlier, code) => {
  const source = withStaticImports(ts, code);
  const result = convert(earlier, source);
  const [unnamed, wrong] = [true, false].map((is) => result.diagnostics.filter((d) => isUnnamed(d) === is));
  if (unnamed.length === 0) return result;
  if (wrong.length > 0) return { ...result, diagnostics: wrong };
  const places = unnamed.map(({ start }) => placeOfType(ts, parse(ts, source), start.offset));
  if (places.includes(undefined)) return result;
  return convert(
    earlier,
    splice(
      source,
      [...new Set(places)].map((at) => ({ start: at, end: at, text: ': any' })),
    ),
  );
};

/** `const m = await import('x')` as `import * as m from 'x'`, which is the same here, at the same place. */
function withStaticImports(ts, source) {
  const edits = parse(ts, source).statements.flatMap((statement) => {
    const declared = ts.isVariableStatement(statement) && constant(ts, statement.declarationList);
    const from = declared && importedModule(ts, declared.initializer);
    const names = from && importedNames(ts, declared.name);
    if (!names) return [];
    const [start, end] = [statement.getStart(), declared.end];
    return [{ start, end, text: `import ${names} from ${from.getText()}`.padEnd(end - start) }];
  });
  return splice(source, edits);
}

function constant(ts, { declarations, flags }) {
  const [declaration] = declarations;
  return declarations.length === 1 && flags & ts.NodeFlags.Const && !declaration.type
    ? declaration
    : undefined;
}

function importedModule(ts, node) {
  if (!node || !ts.isAwaitExpression(node) || !ts.isCallExpression(node.expression)) return undefined;
  const { expression, arguments: given } = node.expression;
  const isImport = expression.kind === ts.SyntaxKind.ImportKeyword;
  return isImport && given.length === 1 && ts.isStringLiteral(given[0]) ? given[0] : undefined;
}

function importedNames(ts, name) {
  if (ts.isIdentifier(name)) return `* as ${name.text}`;
  if (!ts.isObjectBindingPattern(name)) return undefined;
  const isPlain = (element) =>
    !element.initializer &&
    !element.dotDotDotToken &&
    ts.isIdentifier(element.name) &&
    (!element.propertyName || ts.isIdentifier(element.propertyName));
  if (!name.elements.every(isPlain)) return undefined;
  const names = name.elements.map(({ propertyName, name }) =>
    propertyName ? `${propertyName.text} as ${name.text}` : name.text,
  );
  return `{ ${names.join(', ')} }`;
}

/** Where the type of what is declared at `offset` would stand; undefined if it stands there already. */
function placeOfType(ts, file, offset) {
  let found;
  const visit = (node) => {
    if (offset < node.getStart() || offset >= node.end) return;
    if (!node.type && ts.isFunctionLike(node) && node.body && !ts.isArrowFunction(node))
      found = node.body.pos;
    if (!node.type && (ts.isVariableDeclaration(node) || ts.isPropertyDeclaration(node)))
      found = node.name.end;
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

function parse(ts, source) {
  return ts.createSourceFile('cell.ts', source, ts.ScriptTarget.ES2022, true);
}

/** @param edits from the top down, none inside another */
function splice(source, edits) {
  let [text, end] = ['', 0];
  for (const edit of [...edits].sort((a, b) => a.start - b.start)) {
    text += source.slice(end, edit.start) + edit.text;
    end = edit.end;
  }
  return text + source.slice(end);
}
