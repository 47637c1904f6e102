/**
 * Makes the variables of cells shared by all cells. tslab exports what a cell declares, and later cells read and assign
 * `exports.x`; the cell's own functions would read their local x and miss that. So:
 * - a `let` or `var` that a function of its cell uses is read and assigned as `exports.x` there too;
 * - shorthands `{ x }` are written out as `{ x: x }`, for tslab replaces no shorthand.
 * @returns a transformer for `before` the compiler's own
 */
exports.sharedVariables = (ts, checker) => (context) => (file) => {
  const { factory } = context;
  const shared = file.fileName.endsWith('/__tslab__.ts') ? capturedVariables(ts, checker, file) : new Set();
  const isShared = (name) => shared.size > 0 && shared.has(checker.getSymbolAtLocation(name));
  const reference = (name) =>
    isShared(name)
      ? factory.createPropertyAccessExpression(factory.createIdentifier('exports'), name.text)
      : name;

  const visit = (node) => {
    if (ts.isTypeNode(node) || ts.isExportDeclaration(node)) return node;
    if (ts.isShorthandPropertyAssignment(node)) {
      const { name, objectAssignmentInitializer: fallback } = node;
      const value = fallback ? factory.createAssignment(reference(name), visit(fallback)) : reference(name);
      return factory.createPropertyAssignment(name.text, value);
    }
    if (ts.isIdentifier(node)) return node.parent.name === node ? node : reference(node);
    if (ts.isVariableStatement(node) && node.parent === file) return oneByOne(node, factory).map(deeper);
    return deeper(node);
  };
  const deeper = (node) => ts.visitEachChild(node, visit, context);
  return deeper(file);
};

/** Symbols of the variables, but constants, that stand at the top of a cell and in a function of it. */
function capturedVariables(ts, checker, file) {
  const candidates = new Set();
  for (const symbol of file.locals?.values() ?? [])
    if (symbol.declarations?.every((declaration) => isTopVariable(ts, declaration, file)))
      candidates.add(symbol);
  const captured = new Set();
  const look = (node, inside) => {
    if (ts.isTypeNode(node)) return;
    if (inside && ts.isIdentifier(node)) {
      const symbol = checker.getSymbolAtLocation(node);
      if (candidates.has(symbol)) captured.add(symbol);
    }
    const within = inside || ts.isFunctionLike(node) || ts.isClassElement(node);
    ts.forEachChild(node, (child) => look(child, within));
  };
  if (candidates.size > 0) look(file, false);
  return captured;
}

function isTopVariable(ts, declaration, file) {
  let node = declaration;
  while (ts.isBindingElement(node) || ts.isBindingName(node)) node = node.parent;
  if (!ts.isVariableDeclaration(node)) return false;
  const list = node.parent;
  return list.parent?.parent === file && !(list.flags & ts.NodeFlags.Const);
}

/** `let a = 1, f = () => a` as two statements: `exports.a` is set at the end of a statement. */
function oneByOne(statement, factory) {
  const { declarationList: list, modifiers } = statement;
  if (list.declarations.length === 1) return [statement];
  return list.declarations.map((declaration) =>
    factory.createVariableStatement(
      modifiers,
      factory.createVariableDeclarationList([declaration], list.flags),
    ),
  );
}
