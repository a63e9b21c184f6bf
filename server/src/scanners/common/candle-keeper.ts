import { type CandleSeries, type Clock, sliceColumns } from '@fast-scanner/shared';
import { PeriodicTask } from '../../jobs/periodic-task.ts';
import type { ArchivedCandles, SignalArchive } from '../../store/signal-record.ts';

export interface CandleKeeperOptions {
  readonly archive: Pick<SignalArchive, 'archiveCandles'>;
  readonly clock: Clock;
  /** Hears why candles could not be kept; they are tried again. */
  readonly onError: (error: unknown) => void;
}

/** From the end of one write to the next. A killed process loses the candles of this long, and reads them from their source again. */
const WRITE_EVERY_MS = 5_000;
/** Series of one write. */
const SERIES_AT_ONCE = 16;
/** Series that wait for a store that cannot write; more drive out the oldest. */
const MOST_WAITING = 10_000;

/** Open times, epoch ms, between which the candles of a series are kept. */
interface KeptRange {
  readonly from: number;
  readonly to: number;
}

/**
 * Keeps the candles that signals are computed from, so that every signal can be computed again. Beside the scans: nobody waits for it,
 * and a store that cannot write stops no scan.
 */
export class CandleKeeper {
  readonly #options: CandleKeeperOptions;
  readonly #kept = new Map<string, KeptRange>();
  readonly #task: PeriodicTask;
  #waiting: ArchivedCandles[] = [];

  constructor(options: CandleKeeperOptions) {
    this.#options = options;
    const { clock, onError } = options;
    this.#task = new PeriodicTask({
      clock,
      intervalMs: WRITE_EVERY_MS,
      work: () => this.flush(),
      onError,
    });
  }

  start(): void {
    this.#task.start();
  }

  /** Writes what waits. Idempotent. */
  async close(): Promise<void> {
    await this.#task.stop();
    await this.flush().catch(this.#options.onError);
  }

  /** Takes note of candles that are about to be used. What is kept already, or waits, is not written again by this process. */
  keep(exchange: string, series: CandleSeries): void {
    const { symbol, timeframe, openTime } = series;
    const from = openTime[0];
    const to = openTime.at(-1);
    if (from === undefined || to === undefined) return;
    const key = `${exchange} ${timeframe} ${symbol}`;
    const kept = this.#kept.get(key);
    const isKnown = kept !== undefined && from >= kept.from && from <= kept.to;
    const candles = sliceColumns(series, isKnown ? countUpTo(series, kept.to) : 0);
    if (candles.openTime.length === 0) return;
    this.#waiting.push({ exchange, symbol, timeframe, candles });
    if (this.#waiting.length > MOST_WAITING) this.#waiting.shift();
    this.#kept.set(key, isKnown ? { from: kept.from, to } : joinRanges(kept, { from, to }));
  }

  /** Writes what waits, in slices. @throws ScannerError `disk_full`, `unavailable`; what was not written waits on */
  async flush(): Promise<void> {
    while (this.#waiting.length > 0) {
      const some = this.#waiting.slice(0, SERIES_AT_ONCE);
      await this.#options.archive.archiveCandles(some);
      this.#waiting = this.#waiting.slice(some.length);
    }
  }
}

/** How many of the series' candles open at or before the time. */
function countUpTo({ openTime }: CandleSeries, time: number): number {
  let count = openTime.length;
  while (count > 0 && (openTime[count - 1] ?? 0) > time) count -= 1;
  return count;
}

/** Both when they touch, so that no hole is taken for kept; the new one alone otherwise. */
function joinRanges(kept: KeptRange | undefined, added: KeptRange): KeptRange {
  if (!kept || added.from > kept.to || added.to < kept.from) return added;
  return { from: Math.min(kept.from, added.from), to: Math.max(kept.to, added.to) };
}
