import type {
  CandlesQuery,
  CandlesResponse,
  ExchangesResponse,
  MarketSymbolsQuery,
  MarketSymbolsResponse,
} from '@fast-scanner/shared';
import type { CallOptions } from './call-options.ts';
import type { HttpTransport } from './http-transport.ts';
import { toQuery } from './to-query.ts';

export type CandlesInput = Partial<CandlesQuery> & Pick<CandlesQuery, 'symbol'>;

/** What can be scanned: exchanges, their symbols, and candles. */
export class Markets {
  readonly #http: HttpTransport;

  constructor(http: HttpTransport) {
    this.#http = http;
  }

  /** The exchanges of the server and how each of them fares; one is the default. */
  exchanges(options?: CallOptions): Promise<ExchangesResponse> {
    return this.#read('/api/exchanges', options);
  }

  /**
   * The symbols of an exchange, those that begin with the query first.
   * @throws ScannerApiError `exchange_unknown`, `exchange_unavailable`
   */
  symbols(query: Partial<MarketSymbolsQuery> = {}, options?: CallOptions): Promise<MarketSymbolsResponse> {
    return this.#read(`/api/market/symbols${toQuery(query)}`, options);
  }

  /**
   * Closed candles, oldest first, and the one still forming.
   * @throws ScannerApiError `no_data`, `exchange_unavailable`
   */
  candles(query: CandlesInput, options?: CallOptions): Promise<CandlesResponse> {
    return this.#read(`/api/market/candles${toQuery(query)}`, options);
  }

  #read<Answer>(path: string, { signal }: CallOptions = {}): Promise<Answer> {
    return this.#http.request(path, { signal });
  }
}
