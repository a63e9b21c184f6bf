import { isSymbol, ScannerError } from '@fast-scanner/shared';
import type { Market } from '../market-data-source.ts';
import type { CcxtMarket } from './ccxt-exchange.ts';
import type { ExchangeProfile } from './exchange-profiles.ts';

/** The scannable markets of an exchange, spot and linear swaps, found by the symbols users write. */
export class MarketDirectory {
  readonly markets: readonly Market[];
  readonly #bySymbol: ReadonlyMap<string, Market>;
  readonly #plainSymbols: ExchangeProfile['plainSymbols'];

  constructor(listed: Iterable<CcxtMarket>, plainSymbols: ExchangeProfile['plainSymbols']) {
    this.markets = [...listed].filter(isScannable).map(toMarket);
    this.#bySymbol = new Map(this.markets.map((market) => [market.symbol, market]));
    this.#plainSymbols = plainSymbols;
  }

  /** The market a user's symbol means; `null` when the exchange does not list it. */
  find(symbol: string): Market | null {
    const exact = this.#bySymbol.get(symbol);
    if (exact || this.#plainSymbols === 'spot') return exact ?? null;
    const quote = symbol.split('/')[1];
    return this.#bySymbol.get(`${symbol}:${quote}`) ?? null;
  }

  /** @throws ScannerError `symbol_unknown`, `delisted` when it is listed but does not trade */
  require(symbol: string): Market {
    const market = this.find(symbol);
    if (!market) throw new ScannerError('symbol_unknown', `${symbol} is not listed`);
    if (!market.active) throw new ScannerError('delisted', `${symbol} does not trade`);
    return market;
  }
}

function isScannable(market: CcxtMarket): boolean {
  const isKnownKind = market.spot === true || (market.swap === true && market.linear === true);
  return isKnownKind && isSymbol(market.symbol);
}

function toMarket(market: CcxtMarket): Market {
  const tickSize = market.precision.price ?? 0;
  return {
    symbol: market.symbol,
    base: market.base,
    quote: market.quote,
    kind: market.spot === true ? 'spot' : 'swap',
    active: market.active !== false,
    tickSize: tickSize > 0 ? tickSize : null,
  };
}
