import type { CandleColumns, Clock, DataSource } from '@fast-scanner/shared';
import { ScannerError } from '@fast-scanner/shared';
import type {
  CallOptions,
  CandleRequest,
  Market,
  MarketDataSource,
  Ticker,
  TickerWatch,
} from '../market-data-source.ts';
import { OpenCalls } from '../open-calls.ts';
import { askExchange } from './ask-exchange.ts';
import { fetchCandlePages } from './candle-pages.ts';
import type { CcxtTicker } from './ccxt-exchange.ts';
import { type ExchangeProfile, exchangeProfile, type TickerStreamProfile } from './exchange-profiles.ts';
import { ExchangeSession, type ExchangeSessionOptions, type OpenSession } from './exchange-session.ts';
import { fetchCcxtTickers } from './fetch-ccxt-tickers.ts';
import type { MarketDirectory } from './market-directory.ts';
import { streamCcxtTickers } from './stream-ccxt-tickers.ts';
import { toTicker } from './to-ticker.ts';

export interface CcxtMarketDataOptions {
  /** One of `LIVE_EXCHANGE_IDS`. */
  readonly exchangeId: string;
  /** For ccxt's constructor (`urls`, `hostname`, proxies, `timeout`, `options`). `maxRequestsPerSecond` is ours and taken out. */
  readonly options?: Readonly<Record<string, unknown>>;
  readonly clock: Clock;
}

/**
 * A live exchange's public data through ccxt, without an API key. Nothing is imported or requested before the first call.
 *
 * @throws ScannerError `exchange_unknown`
 */
export function createCcxtMarketData({
  exchangeId,
  options = {},
  clock,
}: CcxtMarketDataOptions): MarketDataSource {
  const profile = exchangeProfile(exchangeId);
  if (!profile) throw new ScannerError('exchange_unknown', `${exchangeId} is not a known exchange`);
  const { maxRequestsPerSecond: _ours, ...ccxtOptions } = options;
  return new CcxtMarketData({ exchangeId, profile, options: ccxtOptions, clock });
}

class CcxtMarketData implements MarketDataSource {
  readonly dataSource: DataSource;
  readonly #profile: ExchangeProfile;
  readonly #clock: Clock;
  readonly #session: ExchangeSession;
  readonly #calls = new OpenCalls();
  readonly watchTickers?: (watch: TickerWatch) => Promise<never>;

  constructor(options: ExchangeSessionOptions) {
    const { exchangeId, profile, clock } = options;
    const { tickerStream } = profile;
    this.dataSource = { exchange: exchangeId, kind: 'live' };
    this.#profile = profile;
    this.#clock = clock;
    this.#session = new ExchangeSession(options);
    if (tickerStream) this.watchTickers = (watch) => this.#watch(tickerStream, watch);
  }

  now(): number {
    return this.#session.now();
  }

  listMarkets(options: CallOptions = {}): Promise<readonly Market[]> {
    return this.#call(options, async ({ directory }) => directory.markets);
  }

  fetchCandles(request: CandleRequest, options: CallOptions = {}): Promise<CandleColumns> {
    return this.#call(options, async ({ exchange, directory }, signal) => {
      const { symbol, timeframe } = request;
      const market = directory.require(symbol);
      if (exchange.timeframes[timeframe] === undefined) {
        throw new ScannerError('not_supported', `${this.dataSource.exchange} has no ${timeframe} candles`);
      }
      const query = { ...request, symbol: market.symbol, nowMs: this.now() };
      const columns = await this.#ask(signal, () =>
        fetchCandlePages(exchange, query, this.#profile.caps),
      ).catch((error) => Promise.reject(asDelisted(error, symbol)));
      if (columns.openTime.length === 0 && request.since === undefined) {
        throw new ScannerError(
          'no_data',
          `${this.dataSource.exchange} has no ${timeframe} candles of ${symbol}`,
        );
      }
      return columns;
    });
  }

  fetchTickers(symbols: readonly string[], options: CallOptions = {}): Promise<ReadonlyMap<string, Ticker>> {
    return this.#call(options, async ({ exchange, directory }, signal) => {
      const marketOf = activeMarkets(directory, symbols);
      const markets = [...new Set(marketOf.values())];
      const found = await fetchCcxtTickers(exchange, markets, (work) => this.#ask(signal, work));
      return this.#toTickers(marketOf, found);
    });
  }

  async close(): Promise<void> {
    await this.#calls.close();
    await this.#session.close();
  }

  #watch(profile: TickerStreamProfile, { symbols, signal, onTickers }: TickerWatch): Promise<never> {
    return this.#call({ signal }, ({ exchange, directory }, callSignal) => {
      const marketOf = activeMarkets(directory, symbols);
      if (marketOf.size === 0) throw new ScannerError('no_data', 'none of the symbols trades');
      return streamCcxtTickers({
        exchangeId: this.dataSource.exchange,
        symbols: [...new Set(Array.from(marketOf.values(), (market) => market.symbol))],
        symbolsPerCall: profile.symbolsPerCall,
        clock: this.#clock,
        signal: callSignal,
        open: (listener) => this.#session.openStream({ profile, exchange, listener }),
        onNews: (found) => {
          const tickers = this.#toTickers(marketOf, found);
          if (tickers.size > 0) onTickers(tickers);
        },
      });
    });
  }

  #toTickers(
    marketOf: ReadonlyMap<string, Market>,
    found: ReadonlyMap<string, CcxtTicker>,
  ): ReadonlyMap<string, Ticker> {
    const tickers = new Map<string, Ticker>();
    for (const [symbol, market] of marketOf) {
      const ticker = toTicker(symbol, found.get(market.symbol), this.now());
      if (ticker) tickers.set(symbol, ticker);
    }
    return tickers;
  }

  #call<Result>(
    { signal }: CallOptions,
    work: (open: OpenSession, signal: AbortSignal) => Promise<Result>,
  ): Promise<Result> {
    return this.#calls.run(signal, async (callSignal) =>
      work(await this.#session.open(callSignal), callSignal),
    );
  }

  #ask<Result>(signal: AbortSignal, work: () => Promise<Result>): Promise<Result> {
    return askExchange(this.dataSource.exchange, signal, work);
  }
}

/** The markets that the symbols users write mean, of those that trade. */
function activeMarkets(directory: MarketDirectory, symbols: readonly string[]): ReadonlyMap<string, Market> {
  return new Map(
    symbols.flatMap((symbol) => {
      const market = directory.find(symbol);
      return market?.active ? [[symbol, market] as const] : [];
    }),
  );
}

/** The exchange listed the symbol and no longer knows it. */
function asDelisted(error: unknown, symbol: string): unknown {
  if (!(error instanceof ScannerError) || error.code !== 'symbol_unknown') return error;
  return new ScannerError('delisted', `${symbol} is no longer listed`, { cause: error });
}
