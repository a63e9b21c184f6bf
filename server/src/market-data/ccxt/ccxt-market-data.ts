import type { CandleColumns, Clock, DataSource } from '@fast-scanner/shared';
import { ScannerError } from '@fast-scanner/shared';
import type { CallOptions, CandleRequest, Market, MarketDataSource, Ticker } from '../market-data-source.ts';
import { OpenCalls } from '../open-calls.ts';
import { askExchange } from './ask-exchange.ts';
import { fetchCandlePages } from './candle-pages.ts';
import type { CcxtTicker } from './ccxt-exchange.ts';
import { type ExchangeProfile, exchangeProfile } from './exchange-profiles.ts';
import { ExchangeSession, type OpenSession } from './exchange-session.ts';
import { fetchCcxtTickers } from './fetch-ccxt-tickers.ts';

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
  return new CcxtMarketData(
    exchangeId,
    profile,
    new ExchangeSession({ exchangeId, profile, options: ccxtOptions, clock }),
  );
}

class CcxtMarketData implements MarketDataSource {
  readonly dataSource: DataSource;
  readonly #profile: ExchangeProfile;
  readonly #session: ExchangeSession;
  readonly #calls = new OpenCalls();

  constructor(exchange: string, profile: ExchangeProfile, session: ExchangeSession) {
    this.dataSource = { exchange, kind: 'live' };
    this.#profile = profile;
    this.#session = session;
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
      const marketOf = new Map<string, Market>();
      for (const symbol of symbols) {
        const market = directory.find(symbol);
        if (market?.active) marketOf.set(symbol, market);
      }
      const markets = [...new Set(marketOf.values())];
      const found = await fetchCcxtTickers(exchange, markets, (work) => this.#ask(signal, work));
      const tickers = new Map<string, Ticker>();
      for (const [symbol, market] of marketOf) {
        const ticker = toTicker(symbol, found.get(market.symbol), this.now());
        if (ticker) tickers.set(symbol, ticker);
      }
      return tickers;
    });
  }

  async close(): Promise<void> {
    await this.#calls.close();
    await this.#session.close();
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

/** The exchange listed the symbol and no longer knows it. */
function asDelisted(error: unknown, symbol: string): unknown {
  if (!(error instanceof ScannerError) || error.code !== 'symbol_unknown') return error;
  return new ScannerError('delisted', `${symbol} is no longer listed`, { cause: error });
}

/** `null` when the exchange sent none with a price. Exchanges that do not stamp tickers form them when they answer. */
function toTicker(symbol: string, ticker: CcxtTicker | undefined, now: number): Ticker | null {
  const last = finite(ticker?.last);
  if (!ticker || last === null || last <= 0) return null;
  return {
    symbol,
    last,
    change24hPct: finite(ticker.percentage),
    quoteVolume24h: finite(ticker.quoteVolume),
    timestamp: Math.min(finite(ticker.timestamp) ?? now, now),
  };
}

function finite(value: number | undefined): number | null {
  return value !== undefined && Number.isFinite(value) ? value : null;
}
