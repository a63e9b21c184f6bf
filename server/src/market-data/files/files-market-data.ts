import {
  type CandleColumns,
  type Clock,
  type DataSource,
  ScannerError,
  type Timeframe,
} from '@fast-scanner/shared';
import type { HistoryRequest } from '../candle-history.ts';
import type { CallOptions, CandleRequest, Market, MarketDataSource, Ticker } from '../market-data-source.ts';
import { OpenCalls } from '../open-calls.ts';
import { readFilesListing } from './files-listing.ts';
import { nullWhenBroken } from './null-when-broken.ts';
import { RecordedCandles } from './recorded-candles.ts';
import {
  createMarkets,
  endOfData,
  type ProbedFile,
  probeRecordings,
  type Recordings,
} from './recorded-markets.ts';
import { createRecordedTicker } from './recorded-ticker.ts';
import { readRecordedWindow } from './recorded-window.ts';
import { createReplayClock } from './replay-clock.ts';
import { selectHistory } from './select-history.ts';
import { findStockPanels } from './stock-panel-files.ts';
import { StockPanels } from './stock-panels.ts';

export interface FilesMarketDataOptions {
  /** Folder of `<timeframe>/<SYMBOL>.csv[.gz]` and of daily stock panels, `stocks/*.csv[.gz]`. */
  readonly directory: string;
  /** Where the source's clock begins, epoch ms UTC; `null`: where the last candle of all files closes. */
  readonly asOf: number | null;
  /** How many times as fast as real time the source's clock runs; 0 stands still. */
  readonly speed: number;
  readonly clock: Clock;
}

/**
 * Recorded candles as an exchange with a clock of its own: nothing that was not yet known at `now()` is ever served. Files are read when
 * they are first needed.
 * @throws ScannerError `exchange_unavailable` when the folder cannot be read, `no_data` when it has no candles
 */
export async function createFilesMarketData(options: FilesMarketDataOptions): Promise<MarketDataSource> {
  const { directory, asOf, speed, clock } = options;
  const listing = await readFilesListing(directory);
  const panelFiles = await findStockPanels(directory);
  if (listing.size === 0 && panelFiles.length === 0) {
    throw new ScannerError(
      'no_data',
      'FILES_DIR has no candles; they are expected at <timeframe>/<SYMBOL>.csv[.gz] or, for stocks, in stocks/*.csv[.gz] with the header ' +
        'date,open,high,low,close,volume,Name',
    );
  }
  const recordings = { listing, panels: new StockPanels(panelFiles) };
  const files = asOf === null ? await probeRecordings(recordings, new AbortController().signal) : null;
  const startMs = asOf ?? endOfData(files ?? []);
  return new FilesMarketData(recordings, files, createReplayClock({ startMs, speed, clock }));
}

class FilesMarketData implements MarketDataSource {
  readonly dataSource: DataSource = { exchange: 'files', kind: 'recorded' };
  readonly now: () => number;
  readonly #recordings: Recordings;
  readonly #recorded: RecordedCandles;
  readonly #calls = new OpenCalls();
  #files: readonly ProbedFile[] | null;

  constructor(recordings: Recordings, files: readonly ProbedFile[] | null, now: () => number) {
    this.#recordings = recordings;
    this.#files = files;
    this.#recorded = new RecordedCandles(recordings);
    this.now = now;
  }

  listMarkets({ signal }: CallOptions = {}): Promise<readonly Market[]> {
    return this.#calls.run(signal, async (callSignal) => {
      this.#files ??= await probeRecordings(this.#recordings, callSignal);
      return createMarkets(this.#recordings.listing, this.#files, this.now());
    });
  }

  fetchCandles(request: CandleRequest, { signal }: CallOptions = {}): Promise<CandleColumns> {
    return this.#calls.run(signal, (callSignal) =>
      readRecordedWindow(this.#recorded, request, { nowMs: this.now(), signal: callSignal }),
    );
  }

  fetchHistory(request: HistoryRequest, { signal }: CallOptions = {}): Promise<CandleColumns> {
    return this.#calls.run(signal, async (callSignal) => {
      const columns = await this.#recorded.all(request.symbol, request.timeframe, callSignal);
      return selectHistory(columns, request, this.now());
    });
  }

  fetchTickers(
    symbols: readonly string[],
    { signal }: CallOptions = {},
  ): Promise<ReadonlyMap<string, Ticker>> {
    return this.#calls.run(signal, async (callSignal) => {
      const tickers = new Map<string, Ticker>();
      for (const symbol of symbols) {
        const ticker = await this.#readTicker(symbol, callSignal);
        if (ticker) tickers.set(symbol, ticker);
      }
      return tickers;
    });
  }

  async close(): Promise<void> {
    await this.#calls.close();
    await this.#recorded.close();
  }

  async #readTicker(symbol: string, signal: AbortSignal): Promise<Ticker | null> {
    const [timeframe] = await this.#recorded.timeframes(symbol, signal).catch(noneWhenUnknown);
    if (!timeframe) return null;
    const columns = await this.#recorded.all(symbol, timeframe, signal).catch(nullWhenBroken);
    return columns && createRecordedTicker(columns, { symbol, timeframe, nowMs: this.now() });
  }
}

/** No timeframes. Any other error goes on. */
function noneWhenUnknown(error: unknown): readonly Timeframe[] {
  if (error instanceof ScannerError && ['symbol_unknown', 'bad_data'].includes(error.code)) return [];
  throw error;
}
