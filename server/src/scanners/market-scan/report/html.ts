/** Markup that may be written as it is. Made by {@link html} alone. */
export class Html {
  readonly #markup: string;

  constructor(markup: string) {
    this.#markup = markup;
  }

  toString(): string {
    return this.#markup;
  }
}

/** What can stand in a template: text and numbers are escaped, markup is not, `null` is nothing, lists are joined. */
export type HtmlValue = string | number | Html | null | readonly HtmlValue[];

/**
 * Markup from a template. Every text in it is escaped for content and for quoted attributes alike, so no value can add markup:
 * whatever comes from outside may stand between tags and inside quotes, and nowhere else.
 */
export function html(parts: TemplateStringsArray, ...values: readonly HtmlValue[]): Html {
  let markup = parts[0] ?? '';
  values.forEach((value, index) => {
    markup += toMarkup(value) + (parts[index + 1] ?? '');
  });
  return new Html(markup);
}

function toMarkup(value: HtmlValue): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string') return escapeHtml(value);
  if (value instanceof Html) return value.toString();
  return value.map(toMarkup).join('');
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ESCAPES[character] ?? '');
}
