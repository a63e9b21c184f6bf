import type { CandleColumns, ChartIndicator, IndicatorLine } from '@fast-scanner/shared';
import { computeBollinger } from './indicators/bollinger.ts';
import { computeEma } from './indicators/ema.ts';
import type { IndicatorColumn } from './indicators/indicator.ts';
import { computeMacd } from './indicators/macd.ts';
import { computeRsi } from './indicators/rsi.ts';

export type IndicatorLines = Partial<Record<IndicatorLine, (number | null)[]>>;

interface DrawnIndicator {
  /** Candles before the first drawn one with which it has converged. */
  readonly warmup: number;
  readonly compute: (close: Float64Array) => Partial<Record<IndicatorLine, IndicatorColumn>>;
}

const INDICATORS: Readonly<Record<ChartIndicator, DrawnIndicator>> = {
  ema20: { warmup: 250, compute: (close) => ({ ema20: computeEma(close, 20) }) },
  ema50: { warmup: 250, compute: (close) => ({ ema50: computeEma(close, 50) }) },
  ema200: { warmup: 700, compute: (close) => ({ ema200: computeEma(close, 200) }) },
  bollinger: {
    warmup: 20,
    compute: (close) => {
      const { upper, middle, lower } = computeBollinger(close);
      return { bollingerUpper: upper, bollingerMiddle: middle, bollingerLower: lower };
    },
  },
  rsi: { warmup: 250, compute: (close) => ({ rsi: computeRsi(close) }) },
  macd: {
    warmup: 250,
    compute: (close) => {
      const { line, signal, histogram } = computeMacd(close);
      return { macdLine: line, macdSignal: signal, macdHistogram: histogram };
    },
  },
};

/** Candles to read before the first drawn one, so that the indicators have converged there. */
export function warmupOf(indicators: readonly ChartIndicator[]): number {
  return Math.max(0, ...indicators.map((indicator) => INDICATORS[indicator].warmup));
}

/** The lines of the indicators for the newest `count` candles, in price units (RSI 0–100); `null` inside a warm-up. */
export function computeIndicatorLines(
  { close }: Pick<CandleColumns, 'close'>,
  indicators: readonly ChartIndicator[],
  count: number,
): IndicatorLines {
  const lines = indicators.flatMap((indicator) => Object.entries(INDICATORS[indicator].compute(close)));
  return Object.fromEntries(lines.map(([name, column]) => [name, newestValues(column, count)]));
}

function newestValues(column: IndicatorColumn, count: number): (number | null)[] {
  const newest = column.subarray(column.length - count);
  return Array.from(newest, (value) => (Number.isFinite(value) ? value : null));
}
