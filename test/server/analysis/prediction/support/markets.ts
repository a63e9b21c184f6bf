import { allocateColumns, type CandleSeries, createSeries, timeframeMs } from '@fast-scanner/shared';
import { seededRandom } from '../../../../support/exchange-server/seeded-random.ts';
import { FIRST_OPEN_TIME } from '../../support/analysis-series.ts';

export interface MarketOptions {
  readonly seed: number;
  readonly symbols: number;
  /** Candles of each symbol. */
  readonly count: number;
  /**
   * The planted effect: a drift of ± so many standard deviations a candle, which keeps its sign for 40 candles on average. What went up
   * lately then goes on rising more often than not. Default 0: pure random walks.
   */
  readonly drift?: number;
  /** Standard deviation of a candle's log return. Default 0.01. */
  readonly volatility?: number;
}

/** Moves inside a candle, so that high and low belong to a path. */
const MOVES = 4;
const MEAN_DRIFT_CANDLES = 40;

/** Hourly candles of symbols of equal making: log prices walk with normal steps, highs and lows are those of the path. */
export function createMarket(options: MarketOptions): CandleSeries[] {
  return Array.from({ length: options.symbols }, (_, symbol) => walk(options, symbol));
}

function walk({ seed, count, drift = 0, volatility = 0.01 }: MarketOptions, symbol: number): CandleSeries {
  const random = seededRandom(1_000 * seed + symbol + 1);
  const columns = allocateColumns(count);
  let price = Math.log(100);
  let sign = random() < 0.5 ? 1 : -1;
  for (let i = 0; i < count; i += 1) {
    if (random() < 1 / MEAN_DRIFT_CANDLES) sign = -sign;
    const path = [price];
    for (let move = 0; move < MOVES; move += 1) {
      const mean = (drift * sign) / MOVES;
      price += volatility * (mean + normal(random) / Math.sqrt(MOVES));
      path.push(price);
    }
    columns.openTime[i] = FIRST_OPEN_TIME + i * timeframeMs('1h');
    columns.open[i] = Math.exp(path[0] ?? Number.NaN);
    columns.high[i] = Math.exp(Math.max(...path));
    columns.low[i] = Math.exp(Math.min(...path));
    columns.close[i] = Math.exp(price);
    columns.volume[i] = 1_000 * random();
  }
  return createSeries(`S${symbol}/USDT`, '1h', columns);
}

/** Standard normal (Box–Muller). */
function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}
