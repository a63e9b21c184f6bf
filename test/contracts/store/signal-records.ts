import type { CandleSeriesKey, SignalRecord } from '@fast-scanner/server/store/signal-record.ts';
import { allocateColumns, type CandleColumns, type SignalOutcome } from '@fast-scanner/shared';

export const HOUR_MS = 3_600_000;

/** Whose candles `hourlyCandles()` are. */
export const SERIES: CandleSeriesKey = { exchange: 'demo', symbol: 'BTC/USDT', timeframe: '1h' };

/** A pending long signal of a scan with stop and target, without regime and prediction. */
export function signal(changes: Partial<SignalRecord> = {}): SignalRecord {
  return {
    id: 'a'.repeat(24),
    origin: 'scan',
    jobId: 'scan-1',
    exchange: 'demo',
    symbol: 'BTC/USDT',
    timeframe: '1h',
    candleCloseTime: 10 * HOUR_MS,
    recordedAt: 10 * HOUR_MS + 1.5,
    signalType: 'BUY',
    direction: 'long',
    mode: null,
    regime: null,
    score: 42.5,
    price: 100.25,
    stop: 95,
    target: 110,
    horizonCandles: 24,
    prediction: null,
    provenance: {
      dataSource: { exchange: 'demo', kind: 'simulated' },
      candleCloseTime: '1970-01-01T10:00:00.000Z',
      warmupOk: true,
      candles: [
        {
          timeframe: '1h',
          count: 10,
          from: '1970-01-01T00:00:00.000Z',
          to: '1970-01-01T09:00:00.000Z',
          sha256: '0'.repeat(64),
        },
      ],
      rules: { quick: 1 },
      parameters: { minScore: 60 },
      modelId: null,
    },
    dueAt: 34 * HOUR_MS,
    outcome: null,
    ...changes,
  };
}

/** `signal()` with the prediction of a model. */
export function predicted(modelId: string, probabilityUp = 0.6): SignalRecord {
  const prediction = { probabilityUp, horizonCandles: 12, up: 108.5, down: 93.5 };
  return signal({ prediction, provenance: { ...signal().provenance, modelId } });
}

/** A long trade that reached its target. */
export function outcome(changes: Partial<SignalOutcome> = {}): SignalOutcome {
  return {
    outcome: 'target',
    reason: null,
    entry: 100.5,
    forwardReturnPct: 7.5,
    netReturnPct: 9.1,
    favourablePct: 9.5,
    adversePct: -0.4,
    candles: 5,
    exitTime: '1970-01-01T15:00:00.000Z',
    predictionLabel: null,
    settledAt: '1970-01-02T10:00:00.000Z',
    ...changes,
  };
}

/** Candles of each hour from the `first` one, whose numbers tell the hour and `mark`. */
export function hourlyCandles(first: number, count: number, mark = 0): CandleColumns {
  const candles = allocateColumns(count);
  candles.openTime.forEach((_, index) => {
    const hour = first + index;
    candles.openTime[index] = hour * HOUR_MS;
    candles.open[index] = hour + mark;
    candles.high[index] = hour + mark + 2.5;
    candles.low[index] = hour + mark - 2.5;
    candles.close[index] = hour + mark + 0.1;
    candles.volume[index] = (hour + mark) * 1000;
  });
  return candles;
}
