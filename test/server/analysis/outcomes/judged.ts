import type { JudgedOutcome, JudgedSignal } from '@fast-scanner/server/analysis/outcomes/judged-signal.ts';
import { labelOutcome } from '@fast-scanner/server/analysis/outcomes/label-outcome.ts';
import { type CandleColumns, columnsFromRows } from '@fast-scanner/shared';
import { assertClose } from '../support/assert-close.ts';

export const HOUR = 3_600_000;
export const CLOSE = Date.UTC(2026, 0, 5, 12);

/** A long signal at 100 with four hourly candles, its stop at 90 and its target at 120. */
export const LONG: JudgedSignal = {
  symbol: 'BTC/USDT',
  timeframe: '1h',
  candleCloseTime: CLOSE,
  direction: 'long',
  price: 100,
  stop: 90,
  target: 120,
  horizonCandles: 4,
  dueAt: CLOSE + 4 * HOUR,
  prediction: null,
};

export const SHORT: JudgedSignal = { ...LONG, direction: 'short', stop: 110, target: 80 };

/** Open, high, low and close; `null` for a candle that is missing. */
export type Prices = readonly [number, number, number, number] | null;

/** The signal's candle, which is not to be read, and those after it. */
export function candlesOf(prices: readonly Prices[]): CandleColumns {
  const after = prices.flatMap((row, index) =>
    row === null ? [] : [[CLOSE + index * HOUR, ...row, 10] as const],
  );
  return columnsFromRows([[CLOSE - HOUR, 1, 1_000, 0.1, 100, 10], ...after]);
}

/** What became of it once nothing more is waited for. */
export function judge(prices: readonly Prices[], signal: Partial<JudgedSignal> = {}): JudgedOutcome {
  const { horizonCandles = LONG.horizonCandles } = signal;
  const dueAt = CLOSE + horizonCandles * HOUR;
  const outcome = labelOutcome({ ...LONG, dueAt, ...signal }, candlesOf(prices), {
    costs: { commissionRate: 0.001, slippageRate: 0.0005 },
    isFinal: true,
  });
  if (!outcome) throw new Error('final, so that it is decided');
  return outcome;
}

/** Fails unless a number is another but for the rounding of doubles. */
export function assertNear(actual: number | null, expected: number): void {
  assertClose(actual, expected, 1e-9 * Math.max(1, Math.abs(expected)));
}
