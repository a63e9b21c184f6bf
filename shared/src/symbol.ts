/**
 * Symbols are `BASE/QUOTE` (spot), `BASE/QUOTE:SETTLE` (linear swap) or a bare stock ticker (`AAPL`, `BRK.B`).
 * The pattern is checked before a symbol reaches anything else, so it admits no path, no space and no control character.
 */
export const SYMBOL_PATTERN = /^(?!.*\.\.)[A-Z0-9][A-Z0-9.-]{0,19}(?:\/[A-Z0-9]{1,12}(?::[A-Z0-9]{1,12})?)?$/;

export interface ParsedSymbol {
  readonly kind: 'spot' | 'swap' | 'stock';
  readonly base: string;
  /** `null` for stocks. */
  readonly quote: string | null;
  /** Settlement currency of a swap, else `null`. */
  readonly settle: string | null;
}

/** Whether a text is a well-formed symbol. Says nothing about its being listed anywhere. */
export function isSymbol(text: string): boolean {
  return SYMBOL_PATTERN.test(text);
}

/** The parts of a symbol, or `null` when it is malformed. */
export function parseSymbol(text: string): ParsedSymbol | null {
  if (!isSymbol(text)) return null;
  const [base = '', rest] = text.split('/');
  if (rest === undefined) return { kind: 'stock', base, quote: null, settle: null };
  const [quote = '', settle] = rest.split(':');
  return { kind: settle === undefined ? 'spot' : 'swap', base, quote, settle: settle ?? null };
}
