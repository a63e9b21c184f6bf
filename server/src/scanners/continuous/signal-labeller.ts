import { type Clock, type ContinuousSignal, toIsoTime } from '@fast-scanner/shared';
import { labelSignal } from '../../analysis/continuous/label-signal.ts';
import type { LabelRecord, TrainingStore } from '../../store/training/training-store.ts';
import type { FollowedSeries } from './followed-series.ts';
import type { FollowedSymbol } from './followed-symbol.ts';

/** Writes what became of signals once their time is over: of those told in this process, and of those an earlier one has told and collected. */
export class SignalLabeller {
  readonly #training: TrainingStore;
  readonly #clock: Clock;
  /** Signals without a label, by exchange, symbol and timeframe. */
  readonly #pending = new Map<string, ContinuousSignal[]>();

  constructor(training: TrainingStore, clock: Clock) {
    this.#training = training;
    this.#clock = clock;
  }

  /** Signals that wait for their label. */
  get size(): number {
    return [...this.#pending.values()].reduce((sum, signals) => sum + signals.length, 0);
  }

  add(signal: ContinuousSignal): void {
    const key = seriesKey(signal);
    this.#pending.set(key, [...(this.#pending.get(key) ?? []), signal]);
  }

  /** Takes up signals of a symbol that were collected before and have no label yet, as far back as its candles reach. */
  async recall({ feed, symbol, series }: FollowedSymbol): Promise<void> {
    const to = this.#clock.now();
    const from = series.reduce((first, one) => Math.min(first, one.series?.openTime[0] ?? to), to);
    const { exchange } = feed.dataSource;
    const { signals, labels } = await this.#training.read({ exchange, symbol, from, to });
    const labelled = new Set(labels.map(({ label }) => keyOf(label)));
    const waiting = new Set([...this.#pending.values()].flat().map(keyOf));
    for (const signal of signals as unknown as ContinuousSignal[]) // come back as the training feed wrote them
      if (!labelled.has(keyOf(signal)) && !waiting.has(keyOf(signal))) this.add(signal);
  }

  /** Labels what can be labelled now. Signals older than the candles that are held are given up. @throws ScannerError `disk_full`, `unavailable` */
  async label(updated: readonly FollowedSeries[]): Promise<void> {
    const records = updated.flatMap((one) => this.#labelsOf(one));
    if (records.length === 0) return;
    await this.#training.appendLabels(records);
    const done = new Set(records.map(keyOf));
    for (const one of updated) this.#keep(one, (signal) => !done.has(keyOf(signal)));
  }

  #labelsOf(one: FollowedSeries): LabelRecord[] {
    const { series } = one;
    const first = series?.openTime[0];
    if (!series || first === undefined) return [];
    this.#keep(one, ({ candleCloseTime }) => Date.parse(candleCloseTime) > first);
    const labelled_at = toIsoTime(this.#clock.now());
    return (this.#pending.get(keyOfSeries(one)) ?? []).flatMap(
      ({ exchange, symbol, timeframe, candleCloseTime, signal_type: signalType }) => {
        const outcome = labelSignal(series, { closeTime: Date.parse(candleCloseTime), signalType });
        return outcome ? [{ exchange, symbol, timeframe, candleCloseTime, ...outcome, labelled_at }] : [];
      },
    );
  }

  #keep(one: FollowedSeries, isKept: (signal: ContinuousSignal) => boolean): void {
    const key = keyOfSeries(one);
    const kept = this.#pending.get(key)?.filter(isKept) ?? [];
    if (kept.length > 0) this.#pending.set(key, kept);
    else this.#pending.delete(key);
  }
}

type SeriesId = Pick<LabelRecord, 'exchange' | 'symbol' | 'timeframe'>;

function seriesKey({ exchange, symbol, timeframe }: SeriesId): string {
  return `${exchange} ${symbol} ${timeframe}`;
}

function keyOfSeries({ identity: { feed, symbol, timeframe } }: FollowedSeries): string {
  return seriesKey({ exchange: feed.dataSource.exchange, symbol, timeframe });
}

function keyOf(record: SeriesId & Pick<LabelRecord, 'candleCloseTime'>): string {
  return `${seriesKey(record)} ${record.candleCloseTime}`;
}
