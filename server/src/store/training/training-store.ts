import type { CandleColumns, SignalLabel, Timeframe } from '@fast-scanner/shared';

/** Kinds of training data; each has a folder of its own. */
export const TRAINING_KINDS = ['signals', 'ohlcv', 'clustering', 'labels'] as const;
export type TrainingKind = (typeof TRAINING_KINDS)[number];

export const EXPORT_FORMATS = ['parquet', 'jsonl', 'csv'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** Which series something belongs to. The symbol may be anything that is visible ASCII; see `symbol-file-name.ts`. */
export interface SeriesId {
  readonly exchange: string;
  readonly symbol: string;
  readonly timeframe: Timeframe;
}

/**
 * A JSON object about one closed candle of a series, such as a signal. Series and candle are its identity within its kind; whatever
 * else it holds is kept and comes back as it was.
 */
export interface TrainingRecord extends SeriesId {
  /** ISO 8601 UTC with milliseconds. */
  readonly candleCloseTime: string;
}

/** What came of a signal, told once its time is over; its identity is the signal's. */
export interface LabelRecord extends TrainingRecord {
  readonly outcome: SignalLabel['outcome'];
  /** Percent, from the signal's close to the end of the horizon. */
  readonly forward_return_pct: number;
  readonly horizon_candles: number;
  /** ISO 8601 UTC with milliseconds. */
  readonly labelled_at: string;
}

/** Closed candles of one series in any order. The open time is a candle's identity. */
export interface SeriesCandles extends SeriesId {
  readonly columns: CandleColumns;
}

export interface TrainingBatch {
  readonly signals?: readonly TrainingRecord[];
  readonly candles?: readonly SeriesCandles[];
  readonly clustering?: readonly TrainingRecord[];
}

/** What became of the records of an `append`; together they are all of them. */
export interface AppendResult {
  /** Written, and on disk. */
  readonly written: number;
  /** There already, be it from before a restart. What was written first stays. */
  readonly duplicates: number;
  /** Older than the retention. */
  readonly expired: number;
}

/** Both ends belong to the range, epoch ms UTC: open times of candles, `candleCloseTime` of everything else. */
export interface TrainingRange {
  readonly from: number;
  readonly to: number;
}

export interface TrainingQuery extends TrainingRange {
  /** May be left out when only one exchange has data of the symbol. */
  readonly exchange?: string;
  readonly symbol: string;
}

/** A record as it was written, with everything it held. */
export type StoredRecord = TrainingRecord & Readonly<Record<string, unknown>>;

/** A label beside the signal it is about; `null` when that signal is not kept (any more). */
export interface JoinedLabel {
  readonly label: LabelRecord;
  readonly signal: StoredRecord | null;
}

/** Training data of one symbol, everything oldest first. */
export interface TrainingData {
  /** `null` when there are no data of the symbol and none was asked for by name. */
  readonly exchange: string | null;
  readonly signals: readonly StoredRecord[];
  /** Timeframes without a candle in the range are absent. */
  readonly ohlcv: ReadonlyMap<Timeframe, CandleColumns>;
  readonly clustering: readonly StoredRecord[];
  readonly labels: readonly JoinedLabel[];
}

export interface ExportQuery extends TrainingRange, SeriesId {
  readonly format: ExportFormat;
  /** Default `ohlcv`. Fields within fields become columns such as `momentum.momentum_score`. */
  readonly kind?: TrainingKind;
}

export interface TrainingExport {
  readonly bytes: Buffer;
  readonly rows: number;
  /** Such as `binance-BTC%2FUSDT-1h-ohlcv.parquet`; safe as a file name everywhere. */
  readonly fileName: string;
  readonly contentType: string;
}

/** What a maintenance pass did: paths within the folder. */
export interface MaintenanceReport {
  readonly sealed: readonly string[];
  readonly removed: readonly string[];
}

/**
 * Data for training and judging models: what the continuous scanner saw, said and what came of it. Append-only; a record is written
 * once and never changed.
 *
 * Throws `ScannerError`: `invalid_input` (a symbol, exchange, timeframe or time that cannot be filed, an exchange that has to be named),
 * `disk_full`, `unavailable`; `TypeError` for values that JSON cannot hold, such as NaN.
 * The contract suite is `test/contracts/training-store.contract.ts`.
 */
export interface TrainingStore {
  /** Resolves when everything is on disk. Calls that come together are written together: with one sync, however many series they touch. */
  append(batch: TrainingBatch): Promise<AppendResult>;
  /** As `append`. The first label of a signal stays. */
  appendLabels(labels: readonly LabelRecord[]): Promise<AppendResult>;
  read(query: TrainingQuery): Promise<TrainingData>;
  /** One kind of one series as a file; one without rows when there are none. */
  exportFile(query: ExportQuery): Promise<TrainingExport>;
  /**
   * Seals the files whose period is over and removes those older than the retention. Runs by itself, from time to time; what fails is
   * tried again, and said by `ping` until it succeeds.
   */
  maintain(): Promise<MaintenanceReport>;
  /** Resolves when the store can write; rejects with the reason otherwise. */
  ping(): Promise<void>;
  /** Waits for what is under way and brings the manifest up to date. Idempotent. */
  close(): Promise<void>;
}
