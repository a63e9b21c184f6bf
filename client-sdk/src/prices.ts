import type { ExchangesResponse, Price } from '@fast-scanner/shared';
import { backoffMs, wait } from './backoff.ts';
import type { Connection } from './connection.ts';
import type { HttpTransport } from './http-transport.ts';
import { PriceFeed, type PriceListener } from './price-feed.ts';
import { type ReadPricesOptions, readPrices } from './read-prices.ts';

/** Which exchange's prices; the server's default one without it. */
export interface WatchPricesOptions {
  readonly exchange?: string | undefined;
}

/** Prices, asked for or watched. */
export class Prices {
  readonly #http: HttpTransport;
  readonly #connection: Connection;
  readonly #feeds = new Map<string, PriceFeed>();
  readonly #closed = new AbortController();
  #defaultExchange: Promise<string> | null = null;

  constructor(http: HttpTransport, connection: Connection) {
    this.#http = http;
    this.#connection = connection;
  }

  /**
   * The last price of each symbol, by symbol; those that have none are absent. Any number of symbols, fifty to a request.
   *
   * @throws ScannerApiError when none has a price, with the reason of the first
   * @throws ScannerConnectionError when the server cannot be reached
   */
  get(symbols: readonly string[], options: ReadPricesOptions = {}): Promise<Map<string, Price>> {
    return readPrices(this.#http, symbols, options);
  }

  /**
   * Calls `listener` with the prices as they are, then with what has changed, at most once a second, until the returned function is
   * called. All watchers of an exchange share one subscription of up to 500 symbols. While the socket is down prices are asked for over
   * HTTP, ever less often when that fails too; in a hidden page nothing is asked for.
   */
  watch(
    symbols: readonly string[],
    listener: PriceListener,
    { exchange }: WatchPricesOptions = {},
  ): () => void {
    const ended = new AbortController();
    const begin = (id: string) => {
      if (ended.signal.aborted) return;
      const end = this.#feedOf(id).watch({ symbols: new Set(symbols), listener });
      ended.signal.addEventListener('abort', end);
    };
    if (exchange !== undefined) begin(exchange);
    else
      void this.#findDefault(AbortSignal.any([ended.signal, this.#closed.signal])).then(
        begin,
        () => undefined,
      ); // it only fails when it has ended
    return () => ended.abort();
  }

  /** Ends the search for the server; the connection ends the rest. */
  close(): void {
    this.#closed.abort();
  }

  #feedOf(exchange: string): PriceFeed {
    const known = this.#feeds.get(exchange);
    if (known) return known;
    const feed = new PriceFeed({ exchange, http: this.#http, connection: this.#connection });
    this.#feeds.set(exchange, feed);
    return feed;
  }

  /** Events name their exchange, so that its id has to be known. */
  async #findDefault(signal: AbortSignal): Promise<string> {
    for (let attempt = 0; ; attempt += 1) {
      try {
        this.#defaultExchange ??= this.#requestDefault();
        return await this.#defaultExchange;
      } catch {
        this.#defaultExchange = null;
        await wait(backoffMs(attempt, 3_000, 60_000), signal);
      }
    }
  }

  async #requestDefault(): Promise<string> {
    const { exchanges } = await this.#http.request<ExchangesResponse>('/api/exchanges', {
      signal: this.#closed.signal,
    });
    const id = exchanges.find((exchange) => exchange.default)?.id;
    if (id === undefined) throw new Error('the server has no default exchange');
    return id;
  }
}
