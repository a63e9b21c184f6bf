import {
  type CandlesQuery,
  type CandlesResponse,
  type Clock,
  type Dispose,
  type ExchangesResponse,
  type MarketSymbolsQuery,
  type MarketSymbolsResponse,
  type PriceQuery,
  type PriceResponse,
  type PricesQuery,
  type PricesResponse,
  rowsFromColumns,
  ScannerError,
  sliceSeries,
  timeframeMs,
  toIsoTime,
} from '@fast-scanner/shared';
import { computeIndicatorLines, warmupOf } from '../analysis/indicator-lines.ts';
import { withDeadline } from '../market-data/deadline.ts';
import type { MarketFeed, MarketFeeds } from '../market-data/market-feed.ts';
import { type DescribeExchangeOptions, describeExchange } from './describe-exchange.ts';
import { findSymbols } from './find-symbols.ts';
import type { MarketService, PriceWatch } from './market-service.ts';
import { PricePollers } from './price-pollers.ts';
import { type PriceReading, readPrices } from './read-prices.ts';

export interface MarketServiceOptions extends Pick<DescribeExchangeOptions, 'config' | 'governors'> {
  readonly feeds: MarketFeeds;
  readonly clock: Clock;
  /** Hears of errors that are no expected failure. */
  readonly onBug: (error: unknown) => void;
}

/** Whoever asks for a price wants it now: an exchange that takes longer has failed. */
const DEADLINE_MS = 15_000;

/** The market's answers to the windows. Nothing runs but what was asked for. */
export function createMarketService(options: MarketServiceOptions): MarketDesk {
  return new MarketDesk(options);
}

/** See {@link createMarketService}. */
export class MarketDesk implements MarketService {
  readonly #options: MarketServiceOptions;
  readonly #pollers: PricePollers;

  constructor(options: MarketServiceOptions) {
    this.#options = options;
    this.#pollers = new PricePollers(options);
  }

  get defaultExchange(): string {
    return this.#options.feeds.defaultExchange;
  }

  async prices({ symbols, exchange }: PricesQuery): Promise<PricesResponse> {
    const feed = await this.#open(exchange);
    const { prices, errors } = await this.#ask((signal) => readPrices(feed, symbols, { signal }));
    if (prices.length === 0) throw totalFailure(errors);
    return {
      success: true,
      prices: [...prices],
      total: prices.length,
      errors: errors.length === 0 ? null : [...errors],
      ...origin(feed),
    };
  }

  async price(symbol: string, { exchange }: PriceQuery): Promise<PriceResponse> {
    const feed = await this.#open(exchange);
    const { prices, errors } = await this.#ask((signal) => readPrices(feed, [symbol], { signal }));
    const [price] = prices;
    if (price) return { success: true, ...price, ...origin(feed) };
    throw new ScannerError(errors[0]?.code ?? 'no_data', errors[0]?.error ?? `${symbol} has no price`);
  }

  async exchanges(): Promise<ExchangesResponse> {
    const { feeds, clock } = this.#options;
    const nowMs = clock.now();
    const exchanges = feeds.exchangeIds.map((id) => ({
      ...describeExchange(id, { ...this.#options, nowMs }),
      default: id === feeds.defaultExchange,
    }));
    return { success: true, exchanges, timestamp: toIsoTime(nowMs) };
  }

  async symbols({ exchange, query, limit }: MarketSymbolsQuery): Promise<MarketSymbolsResponse> {
    const feed = await this.#open(exchange);
    const found = findSymbols(await this.#ask((signal) => feed.markets({ signal })), query);
    const symbols = found.slice(0, limit).map((market) => ({ ...market }));
    return { success: true, symbols, count: symbols.length, total: found.length, ...origin(feed) };
  }

  async candles(query: CandlesQuery): Promise<CandlesResponse> {
    const { symbol, timeframe, limit, exchange, indicators = [] } = query;
    const feed = await this.#open(exchange);
    const count = limit + warmupOf(indicators);
    const { series: read, ...window } = await this.#ask((signal) =>
      feed.candles({ symbol, timeframe, count }, { signal }),
    );
    const series = sliceSeries(read, -limit);
    const newest = series.openTime.at(-1);
    if (newest === undefined)
      throw new ScannerError('no_data', `${symbol} has no closed ${timeframe} candle`);
    return {
      success: true,
      symbol,
      timeframe,
      candles: rowsFromColumns(series).map((row) => [...row]),
      count: series.length,
      openCandle: window.openCandle && [...window.openCandle],
      candleCloseTime: toIsoTime(newest + timeframeMs(timeframe)),
      indicators: computeIndicatorLines(read, indicators, series.length),
      quality: { ...window.quality },
      fetchedAt: toIsoTime(window.fetchedAt),
      ...origin(feed),
    };
  }

  async watch({ exchange, symbols, onPrices }: PriceWatch): Promise<Dispose> {
    const feed = await this.#open(exchange);
    return this.#pollers.watch(feed, { symbols: new Set(symbols), onPrices });
  }

  /** Ends all watches and waits for their calls. */
  close(): Promise<void> {
    return this.#pollers.close();
  }

  #open(exchange = this.#options.feeds.defaultExchange): Promise<MarketFeed> {
    return this.#options.feeds.get(exchange);
  }

  #ask<Result>(work: (signal: AbortSignal) => Promise<Result>): Promise<Result> {
    return withDeadline({ clock: this.#options.clock, deadlineMs: DEADLINE_MS }, work);
  }
}

function origin({ dataSource }: MarketFeed) {
  return { exchange: dataSource.exchange, dataSource };
}

function totalFailure(errors: PriceReading['errors']): ScannerError {
  const fields = errors.map(({ code, error }) => ({ pointer: '?symbols', code, detail: error }));
  const detail = `none of the symbols has a price: ${errors[0]?.error}`;
  return new ScannerError('no_data', detail, { errors: fields });
}
