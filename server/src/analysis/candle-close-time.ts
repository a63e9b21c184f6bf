import { type CandleSeries, timeframeMs, toIsoTime } from '@fast-scanner/shared';

/** Close time of a candle of the series as the wire writes it; of the newest one by default. The series must not be empty. */
export function candleCloseTime(series: CandleSeries, index = -1): string {
  return toIsoTime((series.openTime.at(index) ?? Number.NaN) + timeframeMs(series.timeframe));
}
