import type { CandleRow, CandleSeries, DataSource, Timeframe } from '@fast-scanner/shared';
import type { CandleHistory, HistoryRequest } from './candle-history.ts';
import type { CallOptions, Market, Ticker, TickerWatch } from './market-data-source.ts';

export interface CandleWindowRequest {
  readonly symbol: string;
  readonly timeframe: Timeframe;
  /** How many closed candles are wanted. Fewer come back when the source has no more. */
  readonly count: number;
}

/** What cleaning did to a window. */
export interface CandleQuality {
  /** Rows thrown away: broken, from the future, or contradicted by a later row of the same time. */
  readonly rejected: number;
  /** Flat, volumeless candles put into gaps. */
  readonly filled: number;
}

export interface CandleWindow {
  /** Closed candles only, oldest first, the newest closed one last. Those of stocks are of successive sessions, not equidistant. */
  readonly series: CandleSeries;
  /** The candle still forming, provisional, as it was at `fetchedAt`; `null` when the source sends none. Never an input of signals. */
  readonly openCandle: CandleRow | null;
  readonly quality: CandleQuality;
  /** When the source was asked, epoch ms UTC on the source's clock. The closed candles stay true; the open one ages. */
  readonly fetchedAt: number;
}

/**
 * One exchange as scanners see it: clean closed candles, cached until the next candle closes, one fetch for concurrent
 * identical requests, under the exchange's request budget.
 *
 * `candles` throws `ScannerError`: `no_data`, `bad_data` (> 2 % broken or > 10 % missing), `stale_data` (the newest closed candle is missing),
 * `symbol_unknown`, `delisted` and the exchange codes.
 */
export interface MarketFeed {
  readonly dataSource: DataSource;
  now(): number;
  markets(options?: CallOptions): Promise<readonly Market[]>;
  candles(request: CandleWindowRequest, options?: CallOptions): Promise<CandleWindow>;
  /**
   * Every closed candle of a past range, for backtests: see {@link CandleHistory}. Not cached here, but identical requests at the same
   * time are one.
   *
   * @throws ScannerError `no_data` (none in the range), `bad_data` (> 2 % broken), `symbol_unknown`, `not_supported` and the exchange codes
   */
  history(request: HistoryRequest, options?: CallOptions): Promise<CandleHistory>;
  tickers(symbols: readonly string[], options?: CallOptions): Promise<ReadonlyMap<string, Ticker>>;
  /** As the source's; absent where it cannot. `tickers` answers what was pushed a moment ago without a call. */
  watchTickers?(watch: TickerWatch): Promise<never>;
  close(): Promise<void>;
}

/** The exchanges of the allow-list, each opened on first use and kept until `close`. */
export interface MarketFeeds {
  readonly exchangeIds: readonly string[];
  readonly defaultExchange: string;
  /** @throws ScannerError `exchange_unknown` when the id is not on the allow-list */
  get(exchangeId: string): Promise<MarketFeed>;
  close(): Promise<void>;
}
