import { setImmediate as nextTurn } from 'node:timers/promises';
import { type Clock, SIGNAL_ORIGINS, type SignalOrigin, TIMEFRAMES, timeframeMs } from '@fast-scanner/shared';
import { PeriodicTask } from '../../jobs/periodic-task.ts';
import type { SignalArchive } from '../../store/signal-record.ts';

export interface OutcomeRetentionOptions {
  readonly archive: Pick<SignalArchive, 'deleteSignals' | 'deleteArchivedCandles'>;
  readonly exchangeIds: readonly string[];
  readonly clock: Clock;
  /** How long signals are kept, by the close of their candle. */
  readonly historyMs: number;
  /** How long the candles behind a signal are kept. */
  readonly candleMs: number;
  readonly onError: (error: unknown) => void;
}

const SWEEP_INTERVAL_MS = 3_600_000;
const DELETE_AT_ONCE = 1_000;
/** More candles than the largest window that a signal is computed from. */
const WINDOW_CANDLES = 1_000;
/** Recorded candles are old when their signals are made, and so are those of a replay. */
const UNDATED = { exchange: 'files', origin: 'replay' } as const satisfies {
  exchange: string;
  origin: SignalOrigin;
};

/** Deletes signals that are old enough, with the candles that no kept signal needs to be computed again. */
export function createOutcomeRetention(options: OutcomeRetentionOptions): PeriodicTask {
  const work = async () => {
    await deleteSignals(options);
    await deleteCandles(options);
  };
  const { clock, onError } = options;
  return new PeriodicTask({ clock, intervalMs: SWEEP_INTERVAL_MS, work, onError });
}

async function deleteSignals({ archive, exchangeIds, clock, historyMs }: OutcomeRetentionOptions) {
  const to = clock.now() - historyMs;
  const dated = exchangeIds.filter((exchange) => exchange !== UNDATED.exchange);
  const origins = SIGNAL_ORIGINS.filter((origin) => origin !== UNDATED.origin);
  for (const exchange of dated) {
    for (const origin of origins) {
      const filter = { exchange, origin, to };
      while ((await archive.deleteSignals(filter, DELETE_AT_ONCE)) === DELETE_AT_ONCE) await nextTurn();
    }
  }
}

/** A signal at the end of its time still needs its whole window, which of longer candles reaches back farther. */
async function deleteCandles({ archive, clock, candleMs }: OutcomeRetentionOptions) {
  for (const timeframe of TIMEFRAMES) {
    const openedBefore = clock.now() - candleMs - WINDOW_CANDLES * timeframeMs(timeframe);
    await archive.deleteArchivedCandles(openedBefore, timeframe);
  }
}
