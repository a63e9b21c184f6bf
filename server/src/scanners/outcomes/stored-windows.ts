import { type CandleSeries, createSeries, type UsedCandles } from '@fast-scanner/shared';
import type { MarketFeeds } from '../../market-data/market-feed.ts';
import type { SignalArchive, SignalRecord } from '../../store/signal-record.ts';
import { describeCandles } from '../common/used-candles.ts';

/** Where the candles of a window were found. */
export type WindowOrigin = 'archive' | 'source';

export interface StoredWindow {
  readonly used: UsedCandles;
  readonly series: CandleSeries;
  readonly from: WindowOrigin;
  /** Whether they are the very candles the signal was computed from. */
  readonly isSame: boolean;
}

export interface StoredWindowsOptions {
  readonly archive: Pick<SignalArchive, 'readArchivedCandles'>;
  readonly feeds: MarketFeeds;
}

/** Finds the candles a signal was computed from: as they were kept, else as their source has them now. */
export class StoredWindows {
  readonly #options: StoredWindowsOptions;

  constructor(options: StoredWindowsOptions) {
    this.#options = options;
  }

  /** `null` when they are neither kept nor to be had. */
  async find(record: SignalRecord, used: UsedCandles): Promise<StoredWindow | null> {
    const kept = await this.#kept(record, used);
    if (kept?.isSame) return kept;
    return (await this.#source(record, used).catch(() => null)) ?? kept;
  }

  async #kept({ exchange, symbol }: SignalRecord, used: UsedCandles): Promise<StoredWindow | null> {
    const { timeframe, from, to } = used;
    const key = { exchange, symbol, timeframe };
    const columns = await this.#options.archive.readArchivedCandles(key, Date.parse(from), Date.parse(to));
    return toWindow(createSeries(symbol, timeframe, columns), used, 'archive');
  }

  async #source({ exchange, symbol }: SignalRecord, used: UsedCandles): Promise<StoredWindow | null> {
    const { timeframe, from, to } = used;
    const feed = await this.#options.feeds.get(exchange);
    const range = { from: Date.parse(from), to: Date.parse(to) + 1 };
    const { candles } = await feed.history({ symbol, timeframe, ...range });
    return toWindow(createSeries(symbol, timeframe, candles), used, 'source');
  }
}

function toWindow(series: CandleSeries, used: UsedCandles, from: WindowOrigin): StoredWindow | null {
  if (series.length === 0) return null;
  return { used, series, from, isSame: describeCandles(series).sha256 === used.sha256 };
}
