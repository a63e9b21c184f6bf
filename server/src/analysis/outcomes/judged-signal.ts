import type { SignalOutcome, Timeframe } from '@fast-scanner/shared';

/** What a prediction said: prices of its two barriers, and the candles it has. */
export interface JudgedPrediction {
  readonly horizonCandles: number;
  readonly up: number;
  readonly down: number;
}

/** What has to be known of a signal to judge it. Times are epoch ms UTC, prices in quote units. */
export interface JudgedSignal {
  readonly symbol: string;
  readonly timeframe: Timeframe;
  readonly candleCloseTime: number;
  readonly direction: 'long' | 'short' | 'none';
  /** Close of the signal's candle. */
  readonly price: number;
  readonly stop: number | null;
  readonly target: number | null;
  readonly horizonCandles: number;
  /** When the last candle of the trade's horizon closes, by the clock: as many candles before it the trade is entered. */
  readonly dueAt: number;
  readonly prediction: JudgedPrediction | null;
}

/** An outcome before somebody writes down when it was found. */
export type JudgedOutcome = Omit<SignalOutcome, 'settledAt'>;
