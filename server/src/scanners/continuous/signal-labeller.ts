import { type Clock, type ContinuousSignal, timeframeMs, toIsoTime } from '@fast-scanner/shared';
import { LABEL_HORIZON, labelSignal } from '../../analysis/continuous/label-signal.ts';
import type { LabelRecord, TrainingStore } from '../../store/training/training-store.ts';
import type { FollowedSeries } from './followed-series.ts';

/** What a label is about, by close time of its candle (ISO). */
type PendingSignals = Map<string, ContinuousSignal>;

/** A signal as it comes back, beside its label. */
type CollectedSignal = ContinuousSignal & { readonly label: unknown };

/** Writes what became of signals once their time is over: of those told in this process, and of those an earlier one has told and collected. */
export class SignalLabeller {
  readonly #training: TrainingStore;
  readonly #clock: Clock;
  /** Signals without a label. */
  readonly #pending = new Map<FollowedSeries, PendingSignals>();

  constructor(training: TrainingStore, clock: Clock) {
    this.#training = training;
    this.#clock = clock;
  }

  /** Signals that wait for their label. */
  get size(): number {
    return [...this.#pending.values()].reduce((sum, { size }) => sum + size, 0);
  }

  add(one: FollowedSeries, signal: ContinuousSignal): void {
    const signals = this.#pending.get(one) ?? new Map();
    this.#pending.set(one, signals.set(signal.candleCloseTime, signal));
  }

  /**
   * Takes up signals of a series that were collected before and have no label yet. When the last of them was told (`toldTo`, epoch ms),
   * those before its horizon had theirs, or were a little late.
   */
  async recall(one: FollowedSeries, toldTo: number): Promise<void> {
    const { feed, symbol, timeframe } = one.identity;
    const series = { exchange: feed.dataSource.exchange, symbol, timeframe };
    const range = { from: toldTo - 2 * LABEL_HORIZON * timeframeMs(timeframe), to: toldTo };
    const query = { ...series, ...range, kind: 'signals', format: 'jsonl' } as const;
    const lines = (await this.#training.exportFile(query)).bytes.toString().split('\n');
    for (const line of lines.filter((text) => text !== '')) {
      const { label, ...signal } = JSON.parse(line) as CollectedSignal; // written by the training store
      if (label === null) this.add(one, signal);
    }
  }

  /** Labels what can be labelled now. Signals older than the candles that are held are given up. @throws ScannerError `disk_full`, `unavailable` */
  async label(series: readonly FollowedSeries[]): Promise<void> {
    const labels = series.map((one) => ({ one, records: this.#labelsOf(one) }));
    const records = labels.flatMap((of) => of.records);
    if (records.length === 0) return;
    await this.#training.appendLabels(records);
    for (const { one, records: done } of labels)
      for (const { candleCloseTime } of done) this.#pending.get(one)?.delete(candleCloseTime);
  }

  #labelsOf(one: FollowedSeries): LabelRecord[] {
    const pending = this.#pending.get(one);
    const { series } = one;
    if (!series || !pending) return [];
    const labelled_at = toIsoTime(this.#clock.now());
    const records: LabelRecord[] = [];
    for (const signal of pending.values()) {
      const { exchange, symbol, timeframe, candleCloseTime, signal_type: signalType } = signal;
      const closeTime = Date.parse(candleCloseTime);
      if (closeTime <= (series.openTime[0] ?? 0)) pending.delete(candleCloseTime);
      const outcome = labelSignal(series, { closeTime, signalType });
      if (outcome) records.push({ exchange, symbol, timeframe, candleCloseTime, ...outcome, labelled_at });
    }
    return records;
  }
}
