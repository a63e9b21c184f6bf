import type { PriceQuery, PriceResponse, PricesQuery, PricesResponse } from '@fast-scanner/shared';

/** Prices and listings of the exchanges on the allow-list, as the windows ask for them. */
export interface MarketService {
  /**
   * Prices of up to 50 symbols in one call to the exchange, shared with whoever asks for some of them at the same time.
   *
   * @throws ScannerError `exchange_unknown`; the exchange's code, or `no_data` naming every symbol, when none has a price
   */
  prices(query: PricesQuery): Promise<PricesResponse>;
  /** @throws ScannerError `exchange_unknown`; `symbol_unknown`, `delisted` or `no_data`; the exchange's code */
  price(symbol: string, query: PriceQuery): Promise<PriceResponse>;
}
