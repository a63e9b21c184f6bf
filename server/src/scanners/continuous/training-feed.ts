import { setImmediate } from 'node:timers/promises';
import { type CandleColumns, type ContinuousSignal, sliceColumns } from '@fast-scanner/shared';
import type { SeriesCandles, TrainingStore } from '../../store/training/training-store.ts';
import type { FollowedSeries } from './followed-series.ts';

/** Records that wait for a store that cannot write; older ones are dropped and told by its `ping`. */
const MOST_WAITING = 20_000;
/** Series handed over together: the first time each brings hundreds of candles. */
const SERIES_AT_ONCE = 8;

/** Hands what a pass found to the training data. A store that cannot write stops nobody: what it missed is handed to it again. */
export class TrainingFeed {
  readonly #store: TrainingStore;
  /** Open time of the newest candle that was handed over, by series. */
  readonly #handed = new Map<FollowedSeries, number>();
  #waiting: ContinuousSignal[] = [];

  constructor(store: TrainingStore) {
    this.#store = store;
  }

  /** Resolves when everything is on disk. @throws ScannerError `disk_full`, `unavailable` */
  async add(signals: readonly ContinuousSignal[], updated: readonly FollowedSeries[]): Promise<void> {
    this.#waiting = [...this.#waiting, ...signals].slice(-MOST_WAITING);
    await this.#addSignals(this.#waiting);
    for (let at = 0; at < updated.length; at += SERIES_AT_ONCE) {
      await this.#addCandles(updated.slice(at, at + SERIES_AT_ONCE));
      await setImmediate();
    }
  }

  async #addSignals(sent: readonly ContinuousSignal[]): Promise<void> {
    if (sent.length === 0) return;
    await this.#store.append({
      signals: sent.map((signal) => ({ ...signal })),
      clustering: sent.map(({ exchange, symbol, style, timeframe, candleCloseTime, clustering }) => ({
        exchange,
        symbol,
        style,
        timeframe,
        candleCloseTime,
        ...clustering,
      })),
    });
    this.#waiting = this.#waiting.filter((signal) => !sent.includes(signal));
  }

  async #addCandles(updated: readonly FollowedSeries[]): Promise<void> {
    const candles = updated.flatMap((one) => this.#newCandles(one));
    if (candles.length === 0) return;
    await this.#store.append({ candles });
    for (const one of updated) this.#handed.set(one, one.series?.openTime.at(-1) ?? 0);
  }

  /** Closed candles of a series that were not handed over yet; all that are held, the first time. */
  #newCandles(one: FollowedSeries): SeriesCandles[] {
    const { feed, symbol, timeframe } = one.identity;
    const columns: CandleColumns | null = one.series;
    if (!columns) return [];
    const last = this.#handed.get(one) ?? Number.NEGATIVE_INFINITY;
    const from = columns.openTime.findIndex((time) => time > last);
    if (from < 0) return [];
    return [{ exchange: feed.dataSource.exchange, symbol, timeframe, columns: sliceColumns(columns, from) }];
  }
}
