import type { CandleColumns, DataSource, Timeframe } from '@fast-scanner/shared';
import type { HistoryRequest } from './candle-history.ts';

/** One tradable symbol of an exchange. */
export interface Market {
  /** Unified symbol, `BTC/USDT`, `BTC/USDT:USDT` or a stock's ticker, `AAPL`. */
  readonly symbol: string;
  readonly base: string;
  /** `null` for stocks. */
  readonly quote: string | null;
  readonly kind: 'spot' | 'swap' | 'stock';
  /** False when listed but not trading. */
  readonly active: boolean;
  /** Smallest price step in quote units; `null` when the exchange does not say. */
  readonly tickSize: number | null;
}

export interface CandleRequest {
  readonly symbol: string;
  readonly timeframe: Timeframe;
  /** How many of the newest candles, the open one included. */
  readonly limit: number;
  /** Only candles that open at or after this time (epoch ms UTC): a top-up. */
  readonly since?: number;
}

/** 24 h summary of a symbol. */
export interface Ticker {
  readonly symbol: string;
  /** Last traded price, > 0. */
  readonly last: number;
  /** Percent over the past 24 h; `null` when the exchange does not say. */
  readonly change24hPct: number | null;
  /** Quote units over the past 24 h; `null` when the exchange does not say. */
  readonly quoteVolume24h: number | null;
  /** When the exchange formed it, epoch ms UTC. */
  readonly timestamp: number;
}

export interface CallOptions {
  /** Aborting it ends the call at once and frees its socket. */
  readonly signal?: AbortSignal;
}

export interface TickerWatch {
  readonly symbols: readonly string[];
  /** Aborting it ends the watch and closes its connection. */
  readonly signal: AbortSignal;
  /** Hears of every symbol with a new ticker, ten times a second at most. */
  readonly onTickers: (tickers: ReadonlyMap<string, Ticker>) => void;
}

/**
 * Where market data comes from. Implementations answer with what the source said, uncleaned: candles may be
 * unsorted, doubled or broken, and the newest may still be open.
 *
 * Every method throws `ScannerError` with a code of the exchange family (`exchange_*`, `rate_limited`, `symbol_unknown`,
 * `delisted`, `not_supported`, `no_data`) and never invents a value. An aborted call rejects with the signal's reason.
 * The contract suite is `test/contracts/market-data-source.contract.ts`.
 */
export interface MarketDataSource {
  readonly dataSource: DataSource;
  /** The source's own clock, epoch ms UTC: real time for live exchanges, the replay clock for recorded data. */
  now(): number;
  /** All markets, stocks included, cached by the implementation. Who scans what trades without a pause leaves stocks out. */
  listMarkets(options?: CallOptions): Promise<readonly Market[]>;
  /** The newest candles up to `now()`. Unknown symbol: `symbol_unknown`. */
  fetchCandles(request: CandleRequest, options?: CallOptions): Promise<CandleColumns>;
  /**
   * Candles of a past range, as far as the source has them. Sources leave it out when a `fetchCandles` that reaches back to the
   * beginning of the range is as good.
   */
  fetchHistory?(request: HistoryRequest, options?: CallOptions): Promise<CandleColumns>;
  /** Tickers of the given symbols in one call where the source can; symbols without one are absent from the map. */
  fetchTickers(symbols: readonly string[], options?: CallOptions): Promise<ReadonlyMap<string, Ticker>>;
  /**
   * Has tickers pushed, over one connection, until the signal aborts or the connection breaks: it ends by rejecting only. Absent where the
   * source cannot. Symbols it does not list or that do not trade are left out; `no_data` when none is left.
   */
  watchTickers?(watch: TickerWatch): Promise<never>;
  /** Idempotent; calls in flight are aborted. */
  close(): Promise<void>;
}
