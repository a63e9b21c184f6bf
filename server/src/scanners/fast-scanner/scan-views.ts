import {
  type Clock,
  type ResultsQuery,
  type ResultsResponse,
  rowsFromColumns,
  ScannerError,
  type ScannerStatus,
  type ScanStatusResponse,
  type SymbolQuery,
  type SymbolResponse,
  toIsoTime,
} from '@fast-scanner/shared';
import type { WorkQueue } from '../../jobs/work-queue.ts';
import type { MarketFeeds } from '../../market-data/market-feed.ts';
import type { ActiveScans } from './active-scans.ts';
import type { ScanArchive } from './scan-archive.ts';
import { toScanSummary } from './scan-record.ts';
import type { ScanSchedule } from './scan-schedule.ts';

export interface ScanViewsOptions {
  readonly archive: ScanArchive;
  readonly active: ActiveScans;
  readonly schedule: ScanSchedule;
  readonly feeds: MarketFeeds;
  readonly deepQueue: WorkQueue;
  readonly clock: Clock;
}

/** Scans of `scan-status`. */
const HISTORY_LENGTH = 10;

/** Answers about scans that take more than one look at the store. */
export class ScanViews {
  readonly #options: ScanViewsOptions;

  constructor(options: ScanViewsOptions) {
    this.#options = options;
  }

  async results(query: ResultsQuery): Promise<ResultsResponse> {
    const { archive } = this.#options;
    const job =
      query.scanId === undefined ? await archive.newestWithSignals() : (await archive.load(query.scanId)).job;
    const signals = job ? await archive.query(job.id, query) : [];
    return {
      success: true,
      scanId: job?.id ?? null,
      signals,
      count: signals.length,
      status: await this.#status(),
      timestamp: this.#timestamp(),
    };
  }

  async symbol(symbol: string, { exchange, candles: count }: SymbolQuery): Promise<SymbolResponse> {
    const result = await this.#options.archive.symbol(symbol, exchange);
    if (!result) throw new ScannerError('not_found', `${symbol} has not been scanned yet`);
    const { deepAnalysis, ...signal } = result;
    const candles = count === 0 ? {} : { candles: await this.#candles(signal, count) };
    return { success: true, symbol, signal, deepAnalysis, ...candles, timestamp: this.#timestamp() };
  }

  async scanStatus(): Promise<ScanStatusResponse> {
    const history = (await this.#options.archive.newest(HISTORY_LENGTH)).map(toScanSummary);
    return { success: true, status: await this.#status(), history };
  }

  async #candles({ symbol, exchange, timeframe }: SymbolResponse['signal'], count: number) {
    const feed = await this.#options.feeds.get(exchange);
    const { series } = await feed.candles({ symbol, timeframe, count });
    return rowsFromColumns(series).map((row) => [...row]);
  }

  async #status(): Promise<ScannerStatus> {
    const { archive, active, schedule, deepQueue } = this.#options;
    const [newest] = await archive.newest(1);
    const shown = await archive.newestWithSignals();
    const timestamp = newest && toIsoTime(newest.createdAt);
    return {
      isScanning: active.size > 0,
      currentScanId: active.all().at(-1)?.run.ledger.job.id ?? null,
      signalsCount: shown?.state.symbolCount ?? 0,
      backgroundQueueLength: deepQueue.pending + deepQueue.running,
      lastScan:
        newest && timestamp ? { scanId: newest.id, timestamp, symbolCount: newest.state.symbolCount } : null,
      periodicScanningEnabled: schedule.enabled,
      nextScanAt: schedule.nextScanAt,
    };
  }

  #timestamp(): string {
    return toIsoTime(this.#options.clock.now());
  }
}
