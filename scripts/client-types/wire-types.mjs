import { inRoot, readJson } from '../project.mjs';
import { ts } from './compiler.mjs';
import { TypePrinter } from './type-printer.mjs';

const ENTRY = 'shared/src/index.ts';
/** Names the constants that the client gives out. */
const VALUES = 'client-sdk/src/vocabulary.ts';
/** What is made of a schema or of a constant cannot be understood without it. */
const NEEDS_VALUES = /\btypeof\b|\bz\./;

/**
 * The wire contract as declarations that need nothing else, by name, in the order of the contract: its types (those inferred from schemas are
 * written out, with the comments of their fields) and the constants that the client gives out.
 */
export function writeContract() {
  const program = ts.createProgram([inRoot(ENTRY), inRoot(VALUES)], toOptions());
  const checker = program.getTypeChecker();
  const types = exportsOf(program, ENTRY).filter(
    ({ flags }) => flags & (ts.SymbolFlags.TypeAlias | ts.SymbolFlags.Interface),
  );
  const printer = new TypePrinter(checker, types);
  return {
    types: new Map(types.map((symbol) => [symbol.name, writeType(symbol, printer)])),
    values: new Map(exportsOf(program, VALUES).map((symbol) => [symbol.name, printer.declareValue(symbol)])),
  };
}

function exportsOf(program, path) {
  const checker = program.getTypeChecker();
  return checker
    .getExportsOfModule(checker.getSymbolAtLocation(program.getSourceFile(inRoot(path))))
    .map((symbol) => (symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol));
}

function toOptions() {
  const { compilerOptions } = readJson(inRoot('tsconfig.json'));
  const { erasableSyntaxOnly, tsBuildInfoFile, incremental, ...known } = compilerOptions;
  return ts.convertCompilerOptionsFromJson({ ...known, types: [], lib: ['ES2023'] }, inRoot()).options;
}

function writeType(symbol, printer) {
  const declaration = symbol.declarations.find(
    (node) => ts.isTypeAliasDeclaration(node) || ts.isInterfaceDeclaration(node),
  );
  const text = declaration.getText();
  const comment = printer.commentOf(symbol, declaration);
  if (!NEEDS_VALUES.test(text)) return `${comment}${text.replace(/^export /, '')}`;
  if (declaration.typeParameters)
    throw new Error(`${symbol.name} is generic and made of values: write it out`);
  return `${comment}${printer.declare(symbol)}`;
}
