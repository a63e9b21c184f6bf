import assert from 'node:assert/strict';
import type {
  AppendResult,
  ExportQuery,
  LabelRecord,
  SeriesId,
  TrainingBatch,
  TrainingData,
  TrainingExport,
  TrainingQuery,
  TrainingRecord,
  TrainingStore,
} from '@fast-scanner/server/store/training/training-store.ts';

/** Training data in memory, with a record of what was handed over, and a disk that can be full. */
export class MemoryTraining implements TrainingStore {
  /** What every write throws while it is set. */
  failure: Error | null = null;
  readonly batches: TrainingBatch[] = [];
  readonly signals = new Map<string, TrainingRecord>();
  readonly clustering = new Map<string, TrainingRecord>();
  readonly labels = new Map<string, LabelRecord>();
  /** Open times by series, in the order they came. */
  readonly candles = new Map<string, number[]>();
  exports = 0;
  /** What was asked for. */
  readonly reads: TrainingQuery[] = [];

  async append(batch: TrainingBatch): Promise<AppendResult> {
    await this.#write();
    this.batches.push(batch);
    for (const record of batch.signals ?? []) this.signals.set(keyOf(record), record);
    for (const record of batch.clustering ?? []) this.clustering.set(keyOf(record), record);
    for (const { columns, ...series } of batch.candles ?? []) {
      const times = this.candles.get(seriesKey(series)) ?? [];
      this.candles.set(seriesKey(series), [...times, ...columns.openTime]);
    }
    return { written: 0, duplicates: 0, expired: 0 };
  }

  async appendLabels(labels: readonly LabelRecord[]): Promise<AppendResult> {
    await this.#write();
    for (const label of labels) {
      assert.ok(!this.labels.has(keyOf(label)), `${keyOf(label)} was labelled before`);
      this.labels.set(keyOf(label), label);
    }
    return { written: labels.length, duplicates: 0, expired: 0 };
  }

  /** Answers nothing. */
  async read(query: TrainingQuery): Promise<TrainingData> {
    this.reads.push(query);
    return { exchange: null, signals: [], ohlcv: new Map(), clustering: [], labels: [] };
  }

  async exportFile({ from, to, ...series }: ExportQuery): Promise<TrainingExport> {
    this.exports += 1;
    const rows = [...this.signals]
      .filter(([, record]) => seriesKey(record) === seriesKey(series))
      .filter(([, { candleCloseTime: time }]) => Date.parse(time) >= from && Date.parse(time) <= to)
      .map(([key, record]) => JSON.stringify({ ...record, label: this.labels.get(key) ?? null }));
    const bytes = Buffer.from(rows.map((row) => `${row}\n`).join(''));
    return { bytes, rows: rows.length, fileName: 'signals.jsonl', contentType: 'application/x-ndjson' };
  }

  async maintain(): Promise<never> {
    throw new Error('is not maintained');
  }

  async ping(): Promise<void> {
    if (this.failure) throw this.failure;
  }

  async close(): Promise<void> {}

  async #write(): Promise<void> {
    await Promise.resolve();
    if (this.failure) throw this.failure;
  }
}

export function seriesKey({ exchange, symbol, timeframe }: SeriesId): string {
  return `${exchange} ${symbol} ${timeframe}`;
}

function keyOf(record: TrainingRecord): string {
  return `${seriesKey(record)} ${record.candleCloseTime}`;
}
