import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ts } from './compiler.mjs';

/** The package of the wire contract, whose types are written out. */
const CONTRACT = '@fast-scanner/shared';
const NO_CONTRACT = { types: new Map(), values: new Map() };

/**
 * One text with everything that the declarations of `entry` export, and what that needs. Relative imports that `externals` names, by their path,
 * stay imports of what it says; the declarations of `contract` stand in for the package of the contract.
 */
export function bundleDeclarations(entry, { contract = NO_CONTRACT, externals = new Map() }) {
  const bundle = { declarations: new Map(), imports: new Map(), exports: new Map(), seen: new Set() };
  for (const [name, text] of [...contract.types, ...contract.values]) declare(bundle, name, parse(text));
  collect(bundle, entry, { contract, externals, isEntry: true });
  return print(bundle);
}

function collect(bundle, path, options) {
  if (bundle.seen.has(path)) return;
  bundle.seen.add(path);
  const file = parse(readFileSync(path, 'utf8'));
  for (const statement of file.statements) {
    if (ts.isImportDeclaration(statement)) collectImport(bundle, path, statement, options);
    else if (ts.isExportDeclaration(statement)) collectExport(bundle, path, statement, options);
    else collectDeclaration(bundle, statement, file, options);
  }
}

function collectImport(bundle, path, { importClause, moduleSpecifier }, options) {
  const from = moduleSpecifier.text;
  if (from === CONTRACT) return;
  const target = resolve(path, from);
  if (target !== null && !options.externals.has(target)) {
    collect(bundle, target, { ...options, isEntry: false });
    return;
  }
  const elements = importClause?.namedBindings?.elements;
  if (!elements) throw new Error(`${path} imports ${from} as a whole`);
  for (const { name } of elements) bundle.imports.set(name.text, options.externals.get(target) ?? from);
}

function collectExport(bundle, path, { exportClause, moduleSpecifier, isTypeOnly }, options) {
  if (!moduleSpecifier) return; // `export {}` of a module
  if (moduleSpecifier.text === CONTRACT) {
    if (options.isEntry) for (const name of options.contract.types.keys()) bundle.exports.set(name, true);
    return;
  }
  collect(bundle, resolve(path, moduleSpecifier.text), { ...options, isEntry: false });
  if (!options.isEntry) return;
  for (const element of exportClause.elements)
    bundle.exports.set(element.name.text, isTypeOnly || element.isTypeOnly);
}

function collectDeclaration(bundle, statement, file, { isEntry }) {
  const names = ts.isVariableStatement(statement)
    ? statement.declarationList.declarations.map(({ name }) => name.text)
    : [statement.name.text];
  for (const name of names) {
    declare(bundle, name, file, statement);
    if (isEntry)
      bundle.exports.set(name, ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement));
  }
}

function declare({ declarations }, name, file, statement = file.statements[0]) {
  if (declarations.has(name)) throw new Error(`two declarations are called ${name}: rename one`);
  declarations.set(name, { file, statement });
}

/** The statement's text without what is left out of it, and the names that stand in it. */
function write({ file, statement }, omitted) {
  const names = new Set();
  const visit = (node) => {
    if (omitted.includes(node)) return;
    if (ts.isIdentifier(node)) names.add(node.text);
    ts.forEachChild(node, visit);
  };
  visit(statement);
  const start = statement.getFullStart();
  let text = file.text.slice(start, statement.getEnd());
  for (const node of omitted.toReversed()) {
    const from = ts.isConstructorDeclaration(node) ? node.getFullStart() : node.getStart(file);
    const to = ts.isConstructorDeclaration(node) ? node.getEnd() : node.getEnd() + 1;
    text = text.slice(0, from - start) + text.slice(to - start);
  }
  return { text: text.trim(), names };
}

/** The word `export`; constructors of classes that are given out as types only: nobody can call them. */
function omittedOf({ statement }, isValue) {
  const words = statement.modifiers?.filter(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) ?? [];
  const constructors =
    ts.isClassDeclaration(statement) && !isValue ? statement.members.filter(ts.isConstructorDeclaration) : [];
  return [...words, ...constructors];
}

/** What nobody can reach is left out. */
function print({ declarations, imports, exports }) {
  const wanted = new Set(exports.keys());
  const written = new Map();
  for (const name of wanted) {
    const declaration = declarations.get(name);
    if (!declaration) continue;
    const { text, names } = write(declaration, omittedOf(declaration, exports.get(name) === false));
    written.set(name, text);
    for (const used of names) wanted.add(used);
  }
  const kept = [...declarations.keys()].flatMap((name) => written.get(name) ?? []);
  const missing = [...exports.keys()].filter((name) => !declarations.has(name));
  if (missing.length > 0) throw new Error(`exported, but declared nowhere: ${missing.join(', ')}`);
  return [...printImports(imports, wanted), ...new Set(kept), printExports(exports)]
    .join('\n\n')
    .concat('\n');
}

function printImports(imports, wanted) {
  const bySource = new Map();
  for (const [name, from] of imports)
    if (wanted.has(name)) bySource.set(from, [...(bySource.get(from) ?? []), name]);
  return [...bySource].map(([from, names]) => `import type { ${names.sort().join(', ')} } from '${from}';`);
}

function printExports(exports) {
  const names = [...exports].map(([name, isType]) => `${isType ? 'type ' : ''}${name}`);
  return `export { ${names.sort().join(', ')} };`;
}

function parse(text) {
  const file = ts.createSourceFile('x.d.ts', text, ts.ScriptTarget.Latest, true);
  const [problem] = file.parseDiagnostics;
  if (problem)
    throw new Error(`${problem.messageText} at ${text.slice(problem.start - 60, problem.start + 60)}`);
  return file;
}

/** The declarations a relative specifier stands for; `null` for a package. */
function resolve(path, specifier) {
  if (!specifier.startsWith('.')) return null;
  const target = join(dirname(path), specifier.replace(/\.tsx?$/, '.d.ts'));
  if (!existsSync(target)) throw new Error(`${path} imports ${specifier}, which is not there`);
  return target;
}
