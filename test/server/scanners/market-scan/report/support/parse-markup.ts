import assert from 'node:assert/strict';

export interface Element {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly Node[];
}

export type Node = Element | string;

interface OpenElement extends Element {
  readonly children: Node[];
}

const VOID = new Set(['meta']);
const TOKEN =
  /<!doctype html>|<style>([^<]*)<\/style>|<\/([a-z][a-z0-9]*)>|<([a-z][a-zA-Z0-9]*)((?: [a-zA-Z0-9-]+="[^"<>]*")*)(\/?)>|([^<>]+)/y;
const ENTITIES = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['#39', "'"],
]);

/** The tree of a page. Stricter than a browser: every attribute is quoted, every element closed, every `<`, `>` and `&` escaped. */
export function parseMarkup(markup: string): Element {
  const root: OpenElement = { name: '#root', attributes: new Map(), children: [] };
  const open: OpenElement[] = [root];
  for (const token of tokensOf(markup)) {
    const [whole, style, closed, opened, attributes = '', isClosed, text] = token;
    const parent = open.at(-1) ?? root;
    if (style !== undefined)
      parent.children.push({ name: 'style', attributes: new Map(), children: [style] });
    else if (text !== undefined) parent.children.push(decode(text));
    else if (closed !== undefined) assert.equal(open.pop()?.name, closed, `${whole} closes something else`);
    else if (opened !== undefined) {
      const element = { name: opened, attributes: parseAttributes(attributes), children: [] };
      parent.children.push(element);
      if (isClosed === '' && !VOID.has(opened)) open.push(element);
    }
  }
  assert.equal(open.length, 1, `<${open.at(-1)?.name}> is not closed`);
  return root;
}

function* tokensOf(markup: string): Generator<RegExpExecArray> {
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < markup.length) {
    const at = TOKEN.lastIndex;
    const token = TOKEN.exec(markup);
    if (token === null) throw new Error(`no markup: ${markup.slice(at, at + 80)}`);
    yield token;
  }
}

function parseAttributes(text: string): Map<string, string> {
  const pairs = [...text.matchAll(/ ([a-zA-Z0-9-]+)="([^"]*)"/g)];
  return new Map(pairs.map(([, name = '', value = '']) => [name, decode(value)]));
}

function decode(text: string): string {
  return text.replace(/&([^;&]{0,6};)?/g, (whole, name: string | undefined) => {
    const character = ENTITIES.get(name?.slice(0, -1) ?? '');
    assert.ok(character, `${whole} is no entity of ours`);
    return character;
  });
}

/** All elements below, in the order of the page. */
export function elementsOf(element: Element): readonly Element[] {
  return element.children.flatMap((child) =>
    typeof child === 'string' ? [] : [child, ...elementsOf(child)],
  );
}

export function findAll(element: Element, name: string): readonly Element[] {
  return elementsOf(element).filter((one) => one.name === name);
}

/** The element with this id. */
export function findById(element: Element, id: string): Element {
  const found = elementsOf(element).find(({ attributes }) => attributes.get('id') === id);
  assert.ok(found, `there is nothing with the id ${id}`);
  return found;
}

/** What can be read, with single spaces. */
export function textOf(node: Node): string {
  return rawTextOf(node).replace(/\s+/g, ' ').trim();
}

/** What can be read, as it was written. */
export function rawTextOf(node: Node): string {
  return typeof node === 'string' ? node : node.children.map(rawTextOf).join('');
}

/** The cells of a table's rows, as text. */
export function rowsOf(table: Element): readonly (readonly string[])[] {
  return findAll(table, 'tr').map(({ children }) => children.filter((cell) => cell !== '\n').map(textOf));
}
