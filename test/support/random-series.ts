import {
  allocateColumns,
  type CandleSeries,
  createSeries,
  type Timeframe,
  timeframeMs,
} from '@fast-scanner/shared';
import { seededRandom } from './exchange-server/seeded-random.ts';

export interface RandomSeriesOptions {
  readonly symbol?: string;
  readonly timeframe?: Timeframe;
  readonly count: number;
  /** Open time of the newest candle, epoch ms UTC, on the timeframe's grid. */
  readonly newestOpenTime: number;
  readonly seed?: number;
}

/** A clean random walk: the same options give the same candles. */
export function randomSeries(options: RandomSeriesOptions): CandleSeries {
  const { symbol = 'BTC/USDT', timeframe = '1h', count, newestOpenTime, seed = 1 } = options;
  const random = seededRandom(seed);
  const columns = allocateColumns(count);
  let price = 100;
  for (let index = 0; index < count; index += 1) {
    const close = price * (0.98 + 0.04 * random());
    columns.openTime[index] = newestOpenTime - (count - 1 - index) * timeframeMs(timeframe);
    columns.open[index] = price;
    columns.close[index] = close;
    columns.high[index] = Math.max(price, close) * (1 + 0.01 * random());
    columns.low[index] = Math.min(price, close) * (1 - 0.01 * random());
    columns.volume[index] = 1_000 * random();
    price = close;
  }
  return createSeries(symbol, timeframe, columns);
}
