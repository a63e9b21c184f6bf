import { signalIdOf } from '@fast-scanner/server/scanners/common/signal-id.ts';
import type { SignalRecord } from '@fast-scanner/server/store/signal-record.ts';
import type { Timeframe } from '@fast-scanner/shared';
import { HOUR_MS, outcome, predicted } from '../../contracts/store/signal-records.ts';

const FIRST_CLOSE = Date.UTC(2026, 0, 5);

/** So many signals on a timeframe whose outcome is known and was predicted, every other one a success. */
export function settledSignals(timeframe: Timeframe, count: number): readonly SignalRecord[] {
  return Array.from({ length: count }, (_, index) => {
    const candleCloseTime = FIRST_CLOSE + index * 24 * HOUR_MS;
    const isHit = index % 2 === 0;
    const made: SignalRecord = {
      ...predicted('model-1', 0.3 + 0.1 * (index % 5)),
      timeframe,
      candleCloseTime,
      outcome: isHit
        ? outcome({ predictionLabel: 1 })
        : outcome({ outcome: 'stop', netReturnPct: -5.2, forwardReturnPct: -5, predictionLabel: 0 }),
    };
    return { ...made, id: signalIdOf(made) };
  });
}
