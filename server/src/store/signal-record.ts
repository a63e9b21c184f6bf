import type { CandleColumns, Provenance, SignalOrigin, SignalOutcome, Timeframe } from '@fast-scanner/shared';

/** What a prediction said, and which prices decide whether it came true. */
export interface RecordedPrediction {
  readonly probabilityUp: number;
  readonly horizonCandles: number;
  /** Prices of the two barriers. */
  readonly up: number;
  readonly down: number;
}

/** A signal as kept for its outcome. Times are epoch ms UTC, prices in quote units. See `storedSignalSchema` for the meaning. */
export interface SignalRecord {
  /** By `signalIdOf`: the same signal has the same id whoever says it again. */
  readonly id: string;
  readonly origin: SignalOrigin;
  readonly jobId: string | null;
  readonly exchange: string;
  readonly symbol: string;
  readonly timeframe: Timeframe;
  readonly candleCloseTime: number;
  readonly recordedAt: number;
  readonly signalType: string;
  readonly direction: 'long' | 'short' | 'none';
  readonly mode: string | null;
  readonly regime: string | null;
  readonly score: number;
  readonly price: number;
  readonly stop: number | null;
  readonly target: number | null;
  readonly horizonCandles: number;
  readonly prediction: RecordedPrediction | null;
  readonly provenance: Provenance;
  /** When the last candle that decides its outcome closes. */
  readonly dueAt: number;
  readonly outcome: SignalOutcome | null;
}

/** What a scorecard filters by and groups by; all times are of the signal's candle. */
export interface SignalFilter {
  readonly origin?: SignalOrigin;
  readonly exchange?: string;
  readonly symbol?: string;
  readonly timeframe?: Timeframe;
  readonly mode?: string;
  readonly regime?: string;
  readonly signalType?: string;
  readonly settled?: boolean;
  /** Candles that closed at or after this … */
  readonly from?: number;
  /** … and before this. */
  readonly to?: number;
}

export interface SignalPageQuery extends SignalFilter {
  readonly limit: number;
  /** Signals strictly older than this position, newest candle first, then by id. */
  readonly before?: { readonly candleCloseTime: number; readonly id: string };
}

/** The columns of a signal that a scorecard reads: no provenance, so that a page of thousands is quick. */
export interface ScoredSignal
  extends Pick<
    SignalRecord,
    | 'id'
    | 'origin'
    | 'exchange'
    | 'symbol'
    | 'timeframe'
    | 'candleCloseTime'
    | 'signalType'
    | 'direction'
    | 'mode'
    | 'regime'
    | 'score'
    | 'horizonCandles'
  > {
  readonly dataKind: Provenance['dataSource']['kind'];
  readonly probabilityUp: number | null;
  /** `null` while it is pending. */
  readonly outcome: SignalOutcome['outcome'] | null;
  readonly forwardReturnPct: number | null;
  readonly netReturnPct: number | null;
  readonly predictionLabel: 0 | 1 | null;
}

/** The columns of a signal that decide its outcome. */
export type DueSignal = Pick<
  SignalRecord,
  | 'id'
  | 'exchange'
  | 'symbol'
  | 'timeframe'
  | 'candleCloseTime'
  | 'direction'
  | 'price'
  | 'stop'
  | 'target'
  | 'horizonCandles'
  | 'prediction'
  | 'dueAt'
>;

/** Signals without an outcome, of one exchange: each has a clock of its own, that of recorded data may stand still. */
export interface DueSignalQuery {
  readonly exchange: string;
  /** Those whose `dueAt` is at or before this. */
  readonly dueBefore: number;
  readonly limit: number;
  /** Strictly after this position, by `dueAt`, then by id: those that cannot be decided yet do not stand in the way of others. */
  readonly after?: { readonly dueAt: number; readonly id: string };
}

export interface CandleSeriesKey {
  readonly exchange: string;
  readonly symbol: string;
  readonly timeframe: Timeframe;
}

/** Closed candles that signals were computed from, kept so that they can be computed again. */
export interface ArchivedCandles extends CandleSeriesKey {
  readonly candles: CandleColumns;
}

/**
 * Keeps signals, their outcomes and the candles behind them. Part of the store: `WriteBatch.putSignals` and `settleSignals` are written
 * with everything else of their batch, or not at all.
 */
export interface SignalArchive {
  getSignal(id: string): Promise<SignalRecord | null>;
  /** Newest candle first. */
  listSignals(query: SignalPageQuery): Promise<readonly SignalRecord[]>;
  /** By `dueAt`, then by id. */
  listDueSignals(query: DueSignalQuery): Promise<readonly DueSignal[]>;
  /** Rows for a scorecard by id, in pages: strictly after `afterId` (`''` for the first). Settled and pending ones. */
  listScoredSignals(filter: SignalFilter, afterId: string, limit: number): Promise<readonly ScoredSignal[]>;
  /** Changes with every write of signals: what was computed from them is true while it stands. */
  signalsVersion(): Promise<number>;
  /** Deletes matching signals, the oldest candle first and at most `limit`, in slices; answers how many. */
  deleteSignals(filter: SignalFilter, limit: number): Promise<number>;
  /**
   * Adds candles in slices, a few thousand in a transaction; those of an open time that is kept already stay as they were. After a failure
   * some may be kept: the same call made again adds the rest. Candles that are not finite or not in order are a bug (`TypeError`).
   */
  archiveCandles(series: readonly ArchivedCandles[]): Promise<void>;
  /** Kept candles that open at or after `from` and at or before `to`, oldest first; empty when there are none. */
  readArchivedCandles(key: CandleSeriesKey, from: number, to: number): Promise<CandleColumns>;
  /** Newest kept open time of a series; `null` before the first. */
  newestArchivedCandle(key: CandleSeriesKey): Promise<number | null>;
  /** Deletes candles that open before the time, in slices; of all timeframes when none is named. */
  deleteArchivedCandles(openedBefore: number, timeframe?: Timeframe): Promise<void>;
}
