import type { CandleColumns } from '@fast-scanner/shared';
import { averageInto } from './average-into.ts';
import { assertPeriod, createColumn } from './column.ts';
import { directionalIndex, directionalIndicator, directionalMovement } from './directional.ts';
import { smooth, weightAt } from './exponential.ts';
import type { IndicatorColumn } from './indicator.ts';
import { trueRange, wilderSmoothing } from './wilder.ts';

/** All 0–100. */
export interface AdxColumns {
  /** Strength of the trend, whatever its direction. */
  readonly adx: IndicatorColumn;
  /** Positive directional indicator, +DI. */
  readonly plusDi: IndicatorColumn;
  /** Negative directional indicator, −DI. */
  readonly minusDi: IndicatorColumn;
}

/**
 * Average directional index with both directional indicators: ±DI = 100 · smoothed ±DM / smoothed true range,
 * DX = 100 · |+DI − −DI| / (+DI + −DI), ADX = smoothed DX; all smoothing is Wilder's (1/n).
 *
 * First DI at candle `period + 1` (15), first ADX at candle `2 · period` (28). Without any true range both DI are 0, without any
 * directional movement DX is 0: a flat series has ADX 0. A NaN price stays for good.
 * @throws RangeError when the period is not a positive integer
 * @see J. Welles Wilder, New Concepts in Technical Trading Systems, 1978
 */
export function computeAdx(candles: CandleColumns, period = 14): AdxColumns {
  assertPeriod(period);
  const length = candles.close.length;
  const columns = {
    adx: createColumn(length, period),
    plusDi: createColumn(length, period),
    minusDi: createColumn(length, period),
  };
  writeDirectional(candles, period, columns);
  const dx = columns.adx.subarray(period);
  averageInto(dx, wilderSmoothing(period), dx);
  return columns;
}

/** Fills both DI, and the ADX column with the DX still to be smoothed. */
function writeDirectional({ high, low, close }: CandleColumns, period: number, out: AdxColumns): void {
  const { adx: dx, plusDi, minusDi } = out;
  const smoothing = wilderSmoothing(period);
  let range = 0;
  let plus = 0;
  let minus = 0;
  for (let i = 1; i < close.length; i += 1) {
    const candleHigh = high[i] ?? Number.NaN;
    const candleLow = low[i] ?? Number.NaN;
    const rise = candleHigh - (high[i - 1] ?? Number.NaN);
    const fall = (low[i - 1] ?? Number.NaN) - candleLow;
    const weight = weightAt(i, smoothing);
    range = smooth(range, trueRange(candleHigh, candleLow, close[i - 1] ?? Number.NaN), weight);
    plus = smooth(plus, directionalMovement(rise, fall), weight);
    minus = smooth(minus, directionalMovement(fall, rise), weight);
    if (i < period) continue;
    plusDi[i] = directionalIndicator(plus, range);
    minusDi[i] = directionalIndicator(minus, range);
    dx[i] = directionalIndex(plus, minus);
  }
}
