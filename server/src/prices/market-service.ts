import type {
  CandlesQuery,
  CandlesResponse,
  Dispose,
  ExchangesResponse,
  MarketSymbolsQuery,
  MarketSymbolsResponse,
  PriceQuery,
  PriceResponse,
  PricesEvent,
  PricesQuery,
  PricesResponse,
} from '@fast-scanner/shared';

export interface PriceWatch {
  readonly exchange: string;
  readonly symbols: readonly string[];
  /** Answers whether the client took it; what it did not take comes again, at its newest. */
  readonly onPrices: (event: PricesEvent) => boolean;
}

/**
 * Prices and listings of the exchanges on the allow-list, as the windows ask for them.
 *
 * Whatever asks an exchange throws `ScannerError`: `exchange_unknown`, `deadline_exceeded` or the exchange's code.
 */
export interface MarketService {
  readonly defaultExchange: string;
  /**
   * Prices of up to 50 symbols in one call to the exchange, shared with whoever asks for some of them at the same time.
   *
   * @throws ScannerError `no_data` naming every symbol, when none has a price
   */
  prices(query: PricesQuery): Promise<PricesResponse>;
  /** @throws ScannerError `symbol_unknown`, `delisted` or `no_data` */
  price(symbol: string, query: PriceQuery): Promise<PriceResponse>;
  /** Every exchange of the allow-list, without asking one. */
  exchanges(): Promise<ExchangesResponse>;
  symbols(query: MarketSymbolsQuery): Promise<MarketSymbolsResponse>;
  /** @throws ScannerError as `MarketFeed.candles` does */
  candles(query: CandlesQuery): Promise<CandlesResponse>;
  /** Tells the prices at once, then whatever changes, until disposed. All watches of an exchange share its stream and its calls. */
  watch(watch: PriceWatch): Promise<Dispose>;
}
