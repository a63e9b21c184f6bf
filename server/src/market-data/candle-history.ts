import type { CandleColumns, DataSource, Timeframe } from '@fast-scanner/shared';

/** Which part of a symbol's past is wanted. Candles not yet closed are never part of it. */
export interface HistoryRequest {
  readonly symbol: string;
  readonly timeframe: Timeframe;
  /** Candles that open at or after this, epoch ms UTC. */
  readonly from: number;
  /** Candles that open before this, epoch ms UTC. */
  readonly to: number;
}

/**
 * Why a row was thrown away: a number is missing or unreadable · a price is not above 0 or not finite · `low ≤ open, close ≤ high` does not
 * hold · the volume is negative or not finite · it has no usable open time, or one off the timeframe's grid · a later row of the same time
 * says something else.
 */
export const REJECTION_REASONS = [
  'missing_value',
  'bad_price',
  'high_low',
  'bad_volume',
  'bad_time',
  'contradicted',
] as const;

export type RejectionReason = (typeof REJECTION_REASONS)[number];

export interface RejectedRow {
  /** Epoch ms UTC; `null` when the row has no usable time. */
  readonly openTime: number | null;
  readonly reason: RejectionReason;
}

/** Candles that should be there and are not, one after the other. */
export interface HistoryGap {
  /** Open time of the first and of the last missing candle, epoch ms UTC. */
  readonly from: number;
  readonly to: number;
  readonly candles: number;
}

/** What the source's answer was like. */
export interface HistoryQuality {
  /** Rows the source sent for the range. */
  readonly rows: number;
  /** How many of them were thrown away, and each with its reason, by time. */
  readonly rejected: number;
  readonly rejections: readonly RejectedRow[];
  /**
   * How many candles are missing between the first and the last, rejected ones included. Stocks trade on the sessions of the New York
   * Stock Exchange, everything else without a pause. `null` when nobody can tell: candles of stocks shorter than a day.
   */
  readonly missing: number | null;
  readonly gaps: readonly HistoryGap[];
}

/**
 * The past of a symbol for backtests. Unlike a `CandleWindow` it is as it was recorded: gaps are reported and never filled, so
 * that no trade happens at an invented price. The distance of two candles is therefore not always the timeframe: a stock's daily candle
 * is followed by that of the next session.
 *
 * A stock's daily candle opens, by convention, at 00:00 UTC of its session's date, and is closed 24 h later.
 */
export interface CandleHistory {
  /** Closed candles: sorted, unique, sound. In memory that worker threads read without a copy; never changed, readers share it. */
  readonly candles: CandleColumns;
  readonly quality: HistoryQuality;
  readonly dataSource: DataSource;
}
