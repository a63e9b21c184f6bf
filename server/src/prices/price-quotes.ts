import type { Price, PriceError } from '@fast-scanner/shared';

/** The price of a symbol, or why there is none. */
export type Quote = Price | PriceError;

/** What is known of symbols: of two prices the newer one, whichever came last. */
export class PriceQuotes {
  #bySymbol: ReadonlyMap<string, Quote> = new Map();

  get all(): ReadonlyMap<string, Quote> {
    return this.#bySymbol;
  }

  /** Takes what was just learnt. `nowMs` is the exchange's time. */
  add(quotes: readonly Quote[], nowMs: number): void {
    const news = quotes.filter((quote) => !isOutdated(quote, this.#bySymbol.get(quote.symbol), nowMs));
    this.#bySymbol = new Map([...this.#bySymbol, ...news.map((quote) => [quote.symbol, quote] as const)]);
  }

  /** Forgets all other symbols. */
  keepOnly(symbols: ReadonlySet<string>): void {
    this.#bySymbol = new Map([...this.#bySymbol].filter(([symbol]) => symbols.has(symbol)));
  }
}

/** A price from the future, left over from a wrong clock, gives way to any other. */
function isOutdated(quote: Quote, held: Quote | undefined, nowMs: number): boolean {
  if (!held || !('price' in held) || !('price' in quote)) return false;
  const heldAt = Date.parse(held.timestamp);
  return heldAt <= nowMs && Date.parse(quote.timestamp) < heldAt;
}
