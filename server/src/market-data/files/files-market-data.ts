import type { CandleColumns, Clock } from '@fast-scanner/shared';
import type { HistoryRequest } from '../candle-history.ts';
import type { CallOptions, CandleRequest, Market, MarketDataSource, Ticker } from '../market-data-source.ts';
import { OpenCalls } from '../open-calls.ts';
import { findRecordings } from './find-recordings.ts';
import { RecordedCandles } from './recorded-candles.ts';
import {
  createMarkets,
  endOfData,
  type ProbedFile,
  probeRecordings,
  type Recordings,
} from './recorded-markets.ts';
import { RECORDED_DATA, RecordedSource } from './recorded-source.ts';
import { createReplayClock } from './replay-clock.ts';

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
  const recordings = await findRecordings(directory);
  const files = asOf === null ? await probeRecordings(recordings, new AbortController().signal) : null;
  const startMs = asOf ?? endOfData(files ?? []);
  return new FilesMarketData(recordings, files, createReplayClock({ startMs, speed, clock }));
}

class FilesMarketData implements MarketDataSource {
  readonly dataSource = RECORDED_DATA;
  readonly now: () => number;
  readonly #recorded: RecordedCandles;
  readonly #source: RecordedSource;
  readonly #calls = new OpenCalls();

  constructor(recordings: Recordings, probed: readonly ProbedFile[] | null, now: () => number) {
    let files = probed;
    this.#recorded = new RecordedCandles(recordings);
    this.#source = new RecordedSource({
      recordings: this.#recorded,
      markets: async (nowMs, signal) => {
        files ??= await probeRecordings(recordings, signal);
        return createMarkets([...recordings.listing.keys()], files, nowMs);
      },
      now,
    });
    this.now = now;
  }

  listMarkets({ signal }: CallOptions = {}): Promise<readonly Market[]> {
    return this.#calls.run(signal, (callSignal) => this.#source.listMarkets({ signal: callSignal }));
  }

  fetchCandles(request: CandleRequest, { signal }: CallOptions = {}): Promise<CandleColumns> {
    return this.#calls.run(signal, (callSignal) =>
      this.#source.fetchCandles(request, { signal: callSignal }),
    );
  }

  fetchHistory(request: HistoryRequest, { signal }: CallOptions = {}): Promise<CandleColumns> {
    return this.#calls.run(signal, (callSignal) =>
      this.#source.fetchHistory(request, { signal: callSignal }),
    );
  }

  fetchTickers(
    symbols: readonly string[],
    { signal }: CallOptions = {},
  ): Promise<ReadonlyMap<string, Ticker>> {
    return this.#calls.run(signal, (callSignal) =>
      this.#source.fetchTickers(symbols, { signal: callSignal }),
    );
  }

  async close(): Promise<void> {
    await this.#calls.close();
    await this.#recorded.close();
  }
}
