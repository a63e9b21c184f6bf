import {
  type CandleColumns,
  type CandleRow,
  type Clock,
  columnsFromRows,
  type DataSource,
  rowsFromColumns,
  ScannerError,
  sliceColumns,
  timeframeMs,
} from '@fast-scanner/shared';
import pLimit from 'p-limit';
import type { HistoryRequest } from '../candle-history.ts';
import type { CallOptions, CandleRequest, Market, MarketDataSource, Ticker } from '../market-data-source.ts';
import { OpenCalls } from '../open-calls.ts';
import { resampleCandles } from '../resample.ts';
import { SP500 } from '../universes/sp500.ts';
import { StockDays } from './stock-days.ts';
import { toTicker } from './to-ticker.ts';
import { type RunGoverned, YahooClient } from './yahoo-client.ts';

export interface YahooMarketDataOptions {
  readonly clock: Clock;
  /** Folder of what was fetched; made when needed. */
  readonly cacheDir: string;
  /** Where to send requests instead of Yahoo; `null` for Yahoo itself. */
  readonly baseUrl: string | null;
  /** Runs one request when Yahoo may be asked. Answers from the disk do not pass through it. */
  readonly run: RunGoverned;
}

const DAY_MS = 86_400_000;
const WEEK_MS = 7 * DAY_MS;
/** So many days hold the newest two sessions whatever the holidays. */
const TICKER_DAYS = 10;
const TICKERS_AT_ONCE = 4;

/**
 * Stocks from Yahoo Finance: daily candles adjusted for splits and dividends, and weekly ones made of them. What was fetched is kept on
 * disk and asked for again only when a session has closed since, or an earlier past is wanted.
 *
 * It lists the S&P 500 and answers for every ticker Yahoo knows, `SPY` and `SAP.DE` among them. Yahoo publishes no contract for this use.
 */
export function createYahooMarketData(options: YahooMarketDataOptions): MarketDataSource {
  return new YahooMarketData(options);
}

class YahooMarketData implements MarketDataSource {
  readonly dataSource: DataSource = { exchange: 'yahoo', kind: 'live' };
  readonly #clock: Clock;
  readonly #client: YahooClient;
  readonly #days: StockDays;
  readonly #calls = new OpenCalls();
  readonly #markets: readonly Market[] = SP500.members.map(({ ticker }) => toMarket(ticker));

  constructor({ clock, cacheDir, baseUrl, run }: YahooMarketDataOptions) {
    this.#clock = clock;
    const now = () => clock.now();
    this.#client = new YahooClient({ baseUrl, run, now });
    this.#days = new StockDays(this.#client, cacheDir, now);
  }

  now(): number {
    return this.#clock.now();
  }

  listMarkets({ signal }: CallOptions = {}): Promise<readonly Market[]> {
    return this.#calls.run(signal, async () => this.#markets);
  }

  fetchCandles(request: CandleRequest, { signal }: CallOptions = {}): Promise<CandleColumns> {
    const { symbol, timeframe, limit, since } = request;
    // Two days in seven are no sessions, and the longest pause is within the spare weeks.
    const from = since ?? this.now() - (limit * timeframeMs(timeframe) * 1.45 + 3 * WEEK_MS);
    return this.#calls.run(signal, async (callSignal) => {
      const columns = await this.#read({ symbol, timeframe, from, to: this.now() + 1 }, callSignal);
      if (columns.openTime.length === 0 && since === undefined) {
        throw new ScannerError('no_data', `Yahoo Finance has no ${timeframe} candles of ${symbol}`);
      }
      return sliceColumns(columns, Math.max(0, columns.openTime.length - limit));
    });
  }

  fetchHistory(request: HistoryRequest, { signal }: CallOptions = {}): Promise<CandleColumns> {
    return this.#calls.run(signal, (callSignal) => this.#read(request, callSignal));
  }

  fetchTickers(
    symbols: readonly string[],
    { signal }: CallOptions = {},
  ): Promise<ReadonlyMap<string, Ticker>> {
    return this.#calls.run(signal, async (callSignal) => {
      const limit = pLimit(TICKERS_AT_ONCE);
      const tickers = symbols.map((symbol) => limit(() => this.#fetchTicker(symbol, callSignal)));
      return new Map(
        (await Promise.all(tickers)).flatMap((ticker) => (ticker ? [[ticker.symbol, ticker]] : [])),
      );
    });
  }

  close(): Promise<void> {
    return this.#calls.close();
  }

  async #read(request: HistoryRequest, signal: AbortSignal): Promise<CandleColumns> {
    const { symbol, timeframe, from, to } = request;
    if (timeframe !== '1d' && timeframe !== '1w') {
      throw new ScannerError(
        'not_supported',
        `Yahoo Finance is read for candles of 1d and 1w, not of ${timeframe}`,
      );
    }
    // A week is known to be whole when there is something before it.
    const leadMs = timeframe === '1d' ? 0 : WEEK_MS;
    const rows = await this.#days.read(symbol, { from: from - leadMs, to }, signal);
    const days = columnsFromRows(rows.filter(([openTime]) => openTime >= from - leadMs));
    const candles =
      timeframe === '1d' ? days : resampleCandles(days, { from: '1d', to: '1w', keepPartialEnd: true });
    const isWanted = ([openTime]: CandleRow) => openTime >= from && openTime < to;
    return columnsFromRows(rowsFromColumns(candles).filter(isWanted));
  }

  async #fetchTicker(symbol: string, signal: AbortSignal): Promise<Ticker | null> {
    const now = this.now();
    const chart = await this.#client
      .chart(symbol, now - TICKER_DAYS * DAY_MS, signal)
      .catch(noChartWhenUnknown);
    return chart && toTicker(symbol, chart, now);
  }
}

/** `null` for a ticker Yahoo does not know. Any other error goes on. */
function noChartWhenUnknown(error: unknown): null {
  if (error instanceof ScannerError && error.code === 'symbol_unknown') return null;
  throw error;
}

function toMarket(ticker: string): Market {
  return { symbol: ticker, base: ticker, quote: null, kind: 'stock', active: true, tickSize: 0.01 };
}
