import { createHash } from 'node:crypto';
import { type CandleSeries, toIsoTime, type UsedCandles } from '@fast-scanner/shared';

/** A series never changes, so that what was said of it stays true: of higher timeframes it is asked again and again. */
const described = new WeakMap<CandleSeries, UsedCandles>();

/** Says which closed candles were looked at. The series must not be empty. */
export function describeCandles(series: CandleSeries): UsedCandles {
  const known = described.get(series);
  if (known) return known;
  const { timeframe, length, openTime } = series;
  const used = {
    timeframe,
    count: length,
    from: toIsoTime(openTime[0] ?? Number.NaN),
    to: toIsoTime(openTime.at(-1) ?? Number.NaN),
    sha256: digestCandles(series),
  };
  described.set(series, used);
  return used;
}

/** SHA-256 of the columns open time, open, high, low, close and volume, one after the other, as little-endian doubles. */
function digestCandles({ openTime, open, high, low, close, volume }: CandleSeries): string {
  const hash = createHash('sha256');
  for (const column of [openTime, open, high, low, close, volume]) hash.update(column);
  return hash.digest('hex');
}
