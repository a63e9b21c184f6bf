import { setImmediate } from 'node:timers/promises';
import { allocateColumns, sliceColumns } from '@fast-scanner/shared';
import type { SeriesCandles, TrainingStore } from '../../store/training/training-store.ts';
import { isRefused } from './collected-signals.ts';
import type { FollowedSeries } from './followed-series.ts';

/** Candles of one write: the first time each series brings hundreds. */
const CANDLES_AT_ONCE = 2_000;

/** Hands the candles of series to the training data, each once. What a store could not write is handed to it again. */
export class CollectedCandles {
  readonly #store: TrainingStore;
  /** Open time of the newest candle that was written. */
  readonly #written = new Map<FollowedSeries, number>();
  readonly #behind = new Set<FollowedSeries>();

  constructor(store: TrainingStore) {
    this.#store = store;
  }

  /** Takes the new candles of these series and of all that were not written before. @throws ScannerError `disk_full`, `unavailable` */
  async add(updated: readonly FollowedSeries[], signal: AbortSignal): Promise<void> {
    for (const one of updated) this.#behind.add(one);
    while (this.#behind.size > 0) {
      signal.throwIfAborted();
      await this.#write(this.#nextBatch());
      await setImmediate();
    }
  }

  #nextBatch(): ReadonlyMap<FollowedSeries, SeriesCandles> {
    const batch = new Map<FollowedSeries, SeriesCandles>();
    let candles = 0;
    for (const one of this.#behind) {
      const fresh = this.#unwritten(one);
      batch.set(one, fresh);
      candles += fresh.columns.openTime.length;
      if (candles >= CANDLES_AT_ONCE) break;
    }
    return batch;
  }

  async #write(batch: ReadonlyMap<FollowedSeries, SeriesCandles>): Promise<void> {
    const candles = [...batch.values()].filter(({ columns }) => columns.openTime.length > 0);
    let refusal: unknown = null;
    try {
      if (candles.length > 0) await this.#store.append({ candles });
    } catch (error) {
      if (!isRefused(error)) throw error;
      refusal = error;
    }
    for (const [one, { columns }] of batch) {
      this.#behind.delete(one);
      const newest = columns.openTime.at(-1);
      if (newest !== undefined) this.#written.set(one, newest);
    }
    if (refusal) throw refusal;
  }

  /** All that are held, the first time. */
  #unwritten(one: FollowedSeries): SeriesCandles {
    const { feed, symbol, timeframe } = one.identity;
    const last = this.#written.get(one) ?? Number.NEGATIVE_INFINITY;
    const columns = one.series ?? NO_CANDLES;
    const from = columns.openTime.findIndex((time) => time > last);
    const fresh = from < 0 ? NO_CANDLES : sliceColumns(columns, from);
    return { exchange: feed.dataSource.exchange, symbol, timeframe, columns: fresh };
  }
}

const NO_CANDLES = allocateColumns(0);
