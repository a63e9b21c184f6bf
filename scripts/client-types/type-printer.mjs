import { ts } from './compiler.mjs';

const { TypeFlags, SymbolFlags } = ts;
const PRIMITIVES =
  TypeFlags.String |
  TypeFlags.Number |
  TypeFlags.Boolean |
  TypeFlags.Unknown |
  TypeFlags.Any |
  TypeFlags.Never;
const NOTHING = TypeFlags.Null | TypeFlags.Undefined;
/** Shorter unions are written out where they are used: that tells more than a name. */
const LONGEST_UNION = 6;

/** Writes types as a person would: fields with their comments, and names for what has one. */
export class TypePrinter {
  #checker;
  /** The names of types, by type. */
  #names = new Map();
  /** The type whose declaration is being written: its name cannot stand in it. */
  #declared = null;

  constructor(checker, symbols) {
    this.#checker = checker;
    for (const symbol of symbols) {
      const type = checker.getDeclaredTypeOfSymbol(symbol);
      if (hasName(type) && !this.#names.has(type)) this.#names.set(type, symbol.name);
    }
  }

  /** The declaration of a named type, without its comment. */
  declare(symbol) {
    const type = this.#checker.getDeclaredTypeOfSymbol(symbol);
    this.#declared = type;
    const isPlain = this.#isObject(type) && this.#checker.getIndexInfosOfType(type).length === 0;
    const named = this.#names.get(type);
    if (named !== undefined && named !== symbol.name) return `type ${symbol.name} = ${named};`;
    if (isPlain) return `interface ${symbol.name} ${this.#printObject(type, '')}`;
    return `type ${symbol.name} = ${this.#printWhole(type, '')};`;
  }

  /** The declaration of a constant, with its comment. */
  declareValue(symbol) {
    const comment = toComment(symbol.getDocumentationComment(this.#checker), '');
    return `${comment}declare const ${symbol.name}: ${this.#printWhole(this.#checker.getTypeOfSymbol(symbol), '')};`;
  }

  /** The comment of a type or, where it has none, that of the schema or list it is made of. */
  commentOf(symbol, declaration) {
    const own = symbol.getDocumentationComment(this.#checker);
    const made = own.length > 0 ? null : /typeof (\w+)/.exec(declaration.getText())?.[1];
    const source = made && this.#checker.resolveName(made, declaration, SymbolFlags.Value, false);
    return toComment(own.length > 0 ? own : (source?.getDocumentationComment(this.#checker) ?? []), '');
  }

  #print(type, indent) {
    return this.#names.get(type) ?? this.#printWhole(type, indent);
  }

  #printWhole(type, indent) {
    if (type.flags & PRIMITIVES || type.flags & NOTHING || type.isLiteral() || isBooleanLiteral(type))
      return toSingleQuotes(this.#checker.typeToString(type));
    if (type.isUnion()) return this.#printUnion(type, indent);
    if (this.#checker.isTupleType(type)) return this.#printTuple(type, indent);
    if (this.#checker.isArrayType(type)) return this.#printArray(type, indent);
    if (this.#isObject(type)) return this.#printObject(type, indent);
    throw new Error(`no way to write ${this.#checker.typeToString(type)}`);
  }

  #printUnion(type, indent) {
    const nothing = type.types.filter((member) => member.flags & NOTHING && !this.#isMissing(member));
    const something = type.types.filter(({ flags }) => !(flags & NOTHING));
    const isBoolean = something.filter(isBooleanLiteral).length === 2;
    const others = something.filter((member) => !(isBoolean && isBooleanLiteral(member)));
    const known = this.#nameOfUnion(something);
    const texts = known ? [known] : others.map((member) => this.#print(member, indent));
    const last = nothing.map((member) => this.#print(member, indent)).sort();
    return [...(isBoolean ? ['boolean'] : []), ...texts, ...last].join(' | ');
  }

  /** What a field has that may be left out, but not be `undefined`. */
  #isMissing(type) {
    return Boolean(type.flags & TypeFlags.Undefined) && type !== this.#checker.getUndefinedType();
  }

  /** `null` and `undefined` beside a union make it another one: it keeps its name all the same. */
  #nameOfUnion(members) {
    for (const [type, name] of this.#names) {
      if (type === this.#declared || !type.isUnion() || type.types.length !== members.length) continue;
      if (members.every((member) => type.types.includes(member))) return name;
    }
    return null;
  }

  #printTuple(type, indent) {
    const items = this.#checker.getTypeArguments(type).map((item) => this.#print(item, indent));
    return `${type.target.readonly ? 'readonly ' : ''}[${items.join(', ')}]`;
  }

  #printArray(type, indent) {
    const [item] = this.#checker.getTypeArguments(type);
    const text = this.#print(item, indent);
    const isReadonly = type.symbol.name === 'ReadonlyArray';
    return `${isReadonly ? 'readonly ' : ''}${text.includes(' | ') && !text.startsWith('{') ? `(${text})` : text}[]`;
  }

  #isObject(type) {
    if (type.isIntersection()) return type.types.every((part) => this.#isObject(part));
    const isFunction = type.getCallSignatures().length + type.getConstructSignatures().length > 0;
    return Boolean(type.flags & TypeFlags.Object) && !isFunction && !this.#isList(type);
  }

  #isList(type) {
    return this.#checker.isArrayType(type) || this.#checker.isTupleType(type);
  }

  #printObject(type, indent) {
    const inner = `${indent}  `;
    const indexes = this.#checker.getIndexInfosOfType(type).map(({ keyType, type: value }) => {
      return `${inner}[key: ${this.#print(keyType, inner)}]: ${this.#print(value, inner)};\n`;
    });
    const fields = this.#checker.getPropertiesOfType(type).map((field) => this.#printField(field, inner));
    return fields.length + indexes.length === 0 ? '{}' : `{\n${fields.join('')}${indexes.join('')}${indent}}`;
  }

  #printField(field, indent) {
    const type = this.#checker.getTypeOfSymbol(field);
    const isReadonly = field.declarations?.some(
      (node) => ts.getCombinedModifierFlags(node) & ts.ModifierFlags.Readonly,
    );
    const name = /^[A-Za-z_$][\w$]*$/.test(field.name) ? field.name : `'${field.name}'`;
    const optional = field.flags & SymbolFlags.Optional ? '?' : '';
    const comment = toComment(field.getDocumentationComment(this.#checker), indent);
    return `${comment}${indent}${isReadonly ? 'readonly ' : ''}${name}${optional}: ${this.#print(type, indent)};\n`;
  }
}

/** Objects and long unions go by their names. */
function hasName(type) {
  if (type.isUnion()) return type.types.length > LONGEST_UNION;
  return Boolean(type.flags & TypeFlags.Object);
}

function isBooleanLiteral({ flags }) {
  return Boolean(flags & TypeFlags.BooleanLiteral);
}

function toSingleQuotes(text) {
  return text.startsWith('"') ? `'${text.slice(1, -1).replaceAll("'", "\\'")}'` : text;
}

function toComment(parts, indent) {
  const lines = ts.displayPartsToString(parts).split('\n');
  if (lines.join('') === '') return '';
  if (lines.length === 1) return `${indent}/** ${lines[0]} */\n`;
  return `${indent}/**\n${lines.map((line) => `${indent} * ${line}\n`).join('')}${indent} */\n`;
}
