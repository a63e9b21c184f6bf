import {
  allocateColumns,
  type CandleColumns,
  type CandleSeries,
  createSeries,
  type Timeframe,
  timeframeMs,
} from '@fast-scanner/shared';
import fc from 'fast-check';
import { seededRandom } from '../../../support/exchange-server/seeded-random.ts';

export const FIRST_OPEN_TIME = Date.UTC(2026, 0, 5);

export interface PathOptions {
  readonly timeframe?: Timeframe;
  /** Upper and lower shadow as a ratio of the price. Default 0.001. */
  readonly shadow?: number;
  /** Default 100 for each candle. */
  readonly volume?: (index: number) => number;
}

/** Candles through given closes: each opens at the close before, shadows on both sides. */
export function pathSeries(closes: readonly number[], options: PathOptions = {}): CandleSeries {
  const { timeframe = '1h', shadow = 0.001, volume = () => 100 } = options;
  const columns = allocateColumns(closes.length);
  closes.forEach((close, index) => {
    const open = closes[index - 1] ?? close;
    columns.openTime[index] = FIRST_OPEN_TIME + index * timeframeMs(timeframe);
    columns.open[index] = open;
    columns.close[index] = close;
    columns.high[index] = Math.max(open, close) * (1 + shadow);
    columns.low[index] = Math.min(open, close) / (1 + shadow);
    columns.volume[index] = volume(index);
  });
  return createSeries('BTC/USDT', timeframe, columns);
}

export interface WalkOptions {
  readonly seed: number;
  readonly count: number;
  readonly price?: number;
  /** Mean log return of a candle. */
  readonly drift?: number;
  /** Half the width of the uniform log return. */
  readonly spread?: number;
  readonly timeframe?: Timeframe;
}

/** A seeded random walk of log prices with shadows and volumes of random size. */
export function walkSeries(options: WalkOptions): CandleSeries {
  const { seed, count, price = 100, drift = 0, spread = 0.01, timeframe = '1h' } = options;
  const random = seededRandom(seed);
  const columns = allocateColumns(count);
  let logPrice = Math.log(price);
  for (let index = 0; index < count; index += 1) {
    const open = logPrice;
    logPrice += drift + spread * (2 * random() - 1);
    columns.openTime[index] = FIRST_OPEN_TIME + index * timeframeMs(timeframe);
    columns.open[index] = Math.exp(open);
    columns.close[index] = Math.exp(logPrice);
    columns.high[index] = Math.exp(Math.max(open, logPrice) + spread * random());
    columns.low[index] = Math.exp(Math.min(open, logPrice) - spread * random());
    columns.volume[index] = 1_000 * random();
  }
  return createSeries('BTC/USDT', timeframe, columns);
}

/** Random walks of all moods: falling, drifting, rising, calm and wild. */
export function arbitraryWalk({ minCount = 60, maxCount = 320 } = {}): fc.Arbitrary<CandleSeries> {
  return fc
    .record({
      seed: fc.integer({ min: 1, max: 1_000_000 }),
      count: fc.integer({ min: minCount, max: maxCount }),
      drift: fc.double({ min: -0.005, max: 0.005, noNaN: true }),
      spread: fc.double({ min: 0.002, max: 0.03, noNaN: true }),
    })
    .map(walkSeries);
}

/** All prices multiplied by a factor. */
export function scaleSeries(series: CandleSeries, factor: number): CandleSeries {
  return mapPrices(series, (columns) => ({
    open: columns.open.map((price) => price * factor),
    high: columns.high.map((price) => price * factor),
    low: columns.low.map((price) => price * factor),
    close: columns.close.map((price) => price * factor),
  }));
}

/** All prices replaced by their reciprocals: the market seen from the other side. */
export function mirrorSeries(series: CandleSeries): CandleSeries {
  const reciprocal = (price: number) => 1 / price;
  return mapPrices(series, (columns) => ({
    open: columns.open.map(reciprocal),
    high: columns.low.map(reciprocal),
    low: columns.high.map(reciprocal),
    close: columns.close.map(reciprocal),
  }));
}

function mapPrices(
  series: CandleSeries,
  map: (columns: CandleColumns) => Pick<CandleColumns, 'open' | 'high' | 'low' | 'close'>,
): CandleSeries {
  return { ...series, ...map(series) };
}
