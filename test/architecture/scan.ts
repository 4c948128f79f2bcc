import ts from "typescript";

export interface Import {
  specifier: string;
  line: number;
}

export interface Finding {
  line: number;
  text: string;
}

export interface ScannedFile {
  /** From the root of the repository, with slashes. */
  path: string;
  lines: number;
  imports: Import[];
  /** `any`, `!`, and comments that silence the compiler. */
  loopholes: Finding[];
  /** Names used as values that the file neither declares nor imports. */
  globals: Finding[];
}

const SILENCER = /@ts-(ignore|nocheck|expect-error)/;

/** Parses one file's text; nothing is resolved or type-checked. */
export function scan(path: string, text: string, watched: readonly string[]): ScannedFile {
  const kind = path.endsWith("x") ? ts.ScriptKind.TSX : ts.ScriptKind.TS;
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, false, kind);
  const file: ScannedFile = { path, lines: countLines(text), imports: [], loopholes: [], globals: [] };
  const lineOf = (node: ts.Node): number =>
    source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1;
  const visit = (node: ts.Node, parent: ts.Node): void => {
    const specifier = specifierOf(node);
    if (specifier !== null) file.imports.push({ specifier, line: lineOf(node) });
    const loophole = loopholeOf(node);
    if (loophole !== null) file.loopholes.push({ line: lineOf(node), text: loophole });
    if (ts.isIdentifier(node) && watched.includes(node.text) && isValueUse(node, parent)) {
      file.globals.push({ line: lineOf(node), text: node.text });
    }
    ts.forEachChild(node, (child) => visit(child, node));
  };
  visit(source, source);
  for (const [at, line] of text.split("\n").entries()) {
    if (SILENCER.test(line)) file.loopholes.push({ line: at + 1, text: SILENCER.exec(line)?.[0] ?? line });
  }
  return file;
}

function countLines(text: string): number {
  const lines = text.split("\n");
  return lines.at(-1) === "" ? lines.length - 1 : lines.length;
}

function specifierOf(node: ts.Node): string | null {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) {
    const from = node.moduleSpecifier;
    return from !== undefined && ts.isStringLiteral(from) ? from.text : null;
  }
  if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
    const from = node.arguments[0];
    return from !== undefined && ts.isStringLiteral(from) ? from.text : null;
  }
  if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
    return ts.isStringLiteral(node.argument.literal) ? node.argument.literal.text : null;
  }
  return null;
}

function loopholeOf(node: ts.Node): string | null {
  if (node.kind === ts.SyntaxKind.AnyKeyword) return "any";
  if (ts.isNonNullExpression(node)) return "!";
  if ((ts.isVariableDeclaration(node) || ts.isPropertyDeclaration(node)) && node.exclamationToken)
    return "!:";
  return null;
}

/** Not the `process` of `jobs.process`, `{ process: 1 }`, a parameter or a declaration of that name. */
function isValueUse(node: ts.Identifier, parent: ts.Node): boolean {
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node;
  if (ts.isPropertyAssignment(parent)) return parent.initializer === node;
  if (ts.isQualifiedName(parent) || ts.isImportSpecifier(parent) || ts.isBindingElement(parent)) return false;
  if (ts.isParameter(parent) || ts.isVariableDeclaration(parent)) return parent.initializer === node;
  return ts.isExpression(parent) || ts.isStatement(parent) || ts.isTypeQueryNode(parent);
}
