import { inRoot, readJson } from '../project.mjs';
import { ts } from './compiler.mjs';
import { TypePrinter } from './type-printer.mjs';

const ENTRY = 'shared/src/index.ts';
/** What is made of a schema or of a constant cannot be understood without it. */
const NEEDS_VALUES = /\btypeof\b|\bz\./;

/**
 * The types of the wire contract as declarations that need nothing else: types inferred from schemas are written out, with the comments of
 * their fields. By name, in the order of the contract.
 */
export function writeWireTypes() {
  const program = openProgram();
  const checker = program.getTypeChecker();
  const entry = program.getSourceFile(inRoot(ENTRY));
  const exported = checker
    .getExportsOfModule(checker.getSymbolAtLocation(entry))
    .map((symbol) => (symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol))
    .filter(({ flags }) => flags & (ts.SymbolFlags.TypeAlias | ts.SymbolFlags.Interface));
  const printer = new TypePrinter(checker, exported);
  return new Map(exported.map((symbol) => [symbol.name, writeType(symbol, printer)]));
}

function openProgram() {
  const { compilerOptions } = readJson(inRoot('tsconfig.json'));
  const { erasableSyntaxOnly, tsBuildInfoFile, incremental, ...known } = compilerOptions;
  const { options } = ts.convertCompilerOptionsFromJson({ ...known, types: [], lib: ['ES2023'] }, inRoot());
  return ts.createProgram([inRoot(ENTRY)], options);
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
