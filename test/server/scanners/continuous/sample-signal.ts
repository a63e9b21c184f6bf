import { computeSymbolSignal } from '@fast-scanner/server/analysis/continuous/symbol-signal.ts';
import { type ContinuousSignal, continuousConfigSchema, toIsoTime } from '@fast-scanner/shared';
import { randomSeries } from '../../../support/random-series.ts';

const HOUR = 3_600_000;
const NEWEST = Date.UTC(2026, 0, 5, 12);
const SERIES = randomSeries({ timeframe: '1h', count: 150, newestOpenTime: NEWEST });
const FOUND = computeSymbolSignal(SERIES, { style: 'swing', config: continuousConfigSchema.parse({}) });

/** A signal of a candle so many hours after the first, changed as told. */
export function sampleSignal(hour: number, changes: Partial<ContinuousSignal> = {}): ContinuousSignal {
  const candleCloseTime = toIsoTime(NEWEST + (hour + 1) * HOUR);
  return {
    symbol: 'BTC/USDT',
    exchange: 'recorded',
    timestamp: candleCloseTime,
    ...FOUND,
    candleCloseTime,
    ...changes,
  };
}
