import {
  type CandleColumns,
  type CandleSeries,
  createSeries,
  type DataSource,
  sliceColumns,
  type Timeframe,
} from '@fast-scanner/shared';
import type { CandleHistory, HistoryRequest } from '../../market-data/candle-history.ts';
import { CandleLoader } from '../../market-data/candle-loader.ts';
import { createMarkets } from '../../market-data/files/recorded-markets.ts';
import { RecordedSource } from '../../market-data/files/recorded-source.ts';
import { toWindow } from '../../market-data/held-candles.ts';
import type { CallOptions, Market, Ticker } from '../../market-data/market-data-source.ts';
import type { CandleWindow, CandleWindowRequest, MarketFeed } from '../../market-data/market-feed.ts';
import { readHistory } from '../../market-data/read-history.ts';
import { loadSessionCandles, tradesInSessions } from '../../market-data/session-candles.ts';
import { systemClock } from '../../ops/system-clock.ts';
import { SharedRecordings } from './shared-recordings.ts';
import { SoundWindows } from './sound-windows.ts';
import type { SymbolRecording } from './symbol-recording.ts';

const NEVER = new AbortController().signal;
const FIELDS = ['openTime', 'open', 'high', 'low', 'close', 'volume'] as const;

/**
 * The exchange `files` as it answers at one moment after the other, for one symbol: what its feed would have said had it been opened at
 * that moment. Windows that need no cleaning are views of the recording; all others go the way of a live scan. While a window stays the
 * same it is the same object, so that what follows from it can be kept.
 *
 * Moments are closes of candles of the timeframe that is scanned: it has no open candle then, and none is answered of the others.
 */
export class ReplayFeed implements MarketFeed {
  /** Its candles follow each other without a pause; `null` for stocks, whose windows are told by the calendar. */
  readonly #symbol: string | null;
  readonly #recordings: SharedRecordings;
  readonly #source: RecordedSource;
  readonly #loader: CandleLoader;
  readonly #windows = new Map<Timeframe, SoundWindows | null>();
  /** Newest answer by timeframe and length. */
  readonly #answered = new Map<string, CandleSeries>();
  #now = 0;

  constructor(recording: SymbolRecording) {
    const { symbol, files } = recording;
    const now = () => this.#now;
    this.#symbol = tradesInSessions(symbol) ? null : symbol;
    this.#recordings = new SharedRecordings(recording, now);
    const markets = async (nowMs: number) => createMarkets([symbol], files, nowMs);
    this.#source = new RecordedSource({ recordings: this.#recordings, markets, now });
    this.#loader = new CandleLoader(this.#source, systemClock);
  }

  get dataSource(): DataSource {
    return this.#source.dataSource;
  }

  now(): number {
    return this.#now;
  }

  /** Goes on to a later moment, epoch ms UTC. */
  moveTo(nowMs: number): void {
    this.#now = nowMs;
  }

  markets(options?: CallOptions): Promise<readonly Market[]> {
    return this.#source.listMarkets(options);
  }

  async candles(request: CandleWindowRequest, { signal = NEVER }: CallOptions = {}): Promise<CandleWindow> {
    return this.#asRecorded(request) ?? this.#asCleaned(request, signal);
  }

  history(request: HistoryRequest, { signal = NEVER }: CallOptions = {}): Promise<CandleHistory> {
    return readHistory(this.#source, request, signal);
  }

  tickers(symbols: readonly string[], options?: CallOptions): Promise<ReadonlyMap<string, Ticker>> {
    return this.#source.fetchTickers(symbols, options);
  }

  async close(): Promise<void> {
    await this.#source.close();
  }

  #asRecorded(request: CandleWindowRequest): CandleWindow | null {
    const { symbol, timeframe, count } = request;
    if (symbol !== this.#symbol) return null;
    const span = this.#windowsOf(timeframe)?.find(this.#now, count);
    if (!span) return null;
    const columns = sliceColumns(this.#recordings.whole(timeframe), span.from, span.to);
    const series = this.#keep(request, createSeries(symbol, timeframe, columns));
    return { series, openCandle: null, quality: { rejected: 0, filled: 0 }, fetchedAt: this.#now };
  }

  async #asCleaned(request: CandleWindowRequest, signal: AbortSignal): Promise<CandleWindow> {
    const { symbol, timeframe, count } = request;
    const load = { symbol, timeframe, target: count, held: null };
    const held = tradesInSessions(symbol)
      ? await loadSessionCandles(this.#source, load, signal)
      : await this.#loader.load(load, signal);
    const window = toWindow(held, count);
    return { ...window, series: this.#keep(request, window.series) };
  }

  /** `null` where windows cannot be told by their positions. */
  #windowsOf(timeframe: Timeframe): SoundWindows | null {
    const known = this.#windows.get(timeframe);
    if (known !== undefined) return known;
    const whole = this.#recordings.whole(timeframe);
    const windows = this.#recordings.isOrdered(timeframe) ? new SoundWindows(whole, timeframe) : null;
    this.#windows.set(timeframe, windows);
    return windows;
  }

  #keep({ timeframe, count }: CandleWindowRequest, series: CandleSeries): CandleSeries {
    const key = `${timeframe} ${count}`;
    const last = this.#answered.get(key);
    if (last && isSame(last, series)) return last;
    this.#answered.set(key, series);
    return series;
  }
}

function isSame(one: CandleColumns, other: CandleColumns): boolean {
  const isAsLong = one.openTime.length === other.openTime.length;
  if (!isAsLong || one.openTime.at(-1) !== other.openTime.at(-1)) return false;
  const isSamePlace =
    one.close.buffer === other.close.buffer && one.close.byteOffset === other.close.byteOffset;
  return isSamePlace || FIELDS.every((field) => one[field].every((value, at) => value === other[field][at]));
}
