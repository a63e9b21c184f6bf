import {
  type CandleColumns,
  candleOpenTime,
  type DataSource,
  ScannerError,
  type Timeframe,
} from '@fast-scanner/shared';
import type { HistoryRequest } from '../candle-history.ts';
import type { CallOptions, CandleRequest, Market, MarketDataSource, Ticker } from '../market-data-source.ts';
import type { CandleRecordings } from './candle-recordings.ts';
import { nullWhenBroken } from './null-when-broken.ts';
import { createRecordedTicker } from './recorded-ticker.ts';
import { readRecordedWindow } from './recorded-window.ts';
import { selectHistory } from './select-history.ts';

/** What every answer from recorded candles names as its source. */
export const RECORDED_DATA: DataSource = { exchange: 'files', kind: 'recorded' };

export interface RecordedSourceOptions {
  readonly recordings: CandleRecordings;
  /** The markets as they were at a moment. */
  readonly markets: (nowMs: number, signal: AbortSignal) => Promise<readonly Market[]>;
  /** Epoch ms UTC. */
  readonly now: () => number;
}

/** For calls that nobody will end. */
const NEVER = new AbortController().signal;

/** Recordings as an exchange that stands at `now()`: nothing that was not yet known then is ever served. Knows of no close. */
export class RecordedSource implements MarketDataSource {
  readonly dataSource = RECORDED_DATA;
  readonly now: () => number;
  readonly #recordings: CandleRecordings;
  readonly #markets: RecordedSourceOptions['markets'];

  constructor({ recordings, markets, now }: RecordedSourceOptions) {
    this.#recordings = recordings;
    this.#markets = markets;
    this.now = now;
  }

  listMarkets({ signal = NEVER }: CallOptions = {}): Promise<readonly Market[]> {
    return this.#markets(this.now(), signal);
  }

  fetchCandles(request: CandleRequest, { signal = NEVER }: CallOptions = {}): Promise<CandleColumns> {
    return readRecordedWindow(this.#recordings, request, { nowMs: this.now(), signal });
  }

  async fetchHistory(request: HistoryRequest, { signal = NEVER }: CallOptions = {}): Promise<CandleColumns> {
    const columns = await this.#recordings.all(request.symbol, request.timeframe, signal);
    return selectHistory(columns, request, this.now());
  }

  async fetchTickers(
    symbols: readonly string[],
    { signal = NEVER }: CallOptions = {},
  ): Promise<ReadonlyMap<string, Ticker>> {
    const tickers = new Map<string, Ticker>();
    for (const symbol of symbols) {
      const ticker = await this.#readTicker(symbol, signal);
      if (ticker) tickers.set(symbol, ticker);
    }
    return tickers;
  }

  async close(): Promise<void> {
    // there is nothing to close
  }

  /** The newest there is: of timeframes that know of the same moment the shortest, whose price is the finest. */
  async #readTicker(symbol: string, signal: AbortSignal): Promise<Ticker | null> {
    const nowMs = this.now();
    let newest: Ticker | null = null;
    for (const timeframe of await this.#recordings.timeframes(symbol, signal).catch(noneWhenUnknown)) {
      if (newest && newest.timestamp >= candleOpenTime(nowMs, timeframe)) break; // longer candles know nothing newer
      const columns = await this.#recordings.all(symbol, timeframe, signal).catch(nullWhenBroken);
      const ticker = columns && createRecordedTicker(columns, { symbol, timeframe, nowMs });
      if (ticker && (newest === null || ticker.timestamp > newest.timestamp)) newest = ticker;
    }
    return newest;
  }
}

/** No timeframes. Any other error goes on. */
function noneWhenUnknown(error: unknown): readonly Timeframe[] {
  if (error instanceof ScannerError && ['symbol_unknown', 'bad_data'].includes(error.code)) return [];
  throw error;
}
