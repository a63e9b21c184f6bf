import { candleOpenTime, type DataKind, type Timeframe, timeframeMs } from '@fast-scanner/shared';

/** Closed candles read of each symbol. */
export const TRAINING_CANDLES = 2_000;
/** Symbols a model learns from. */
export const MOST_SYMBOLS = 50;
/** The same candles and seed give the same model; there is no reason to choose another one. */
export const TRAINING_SEED = 1;

/** A training begins when nobody has asked for a prediction for so long … */
export const QUIET_MS = 3_000;
/** … or when the first one has waited for so long. */
export const PATIENCE_MS = 60_000;

/** Share of new samples that makes another training worth it … */
const NEW_SHARE = 0.05;
/** … which is otherwise due after so long. */
const LONGEST_PAUSE_MS = 86_400_000;
/** A live exchange may not tell a candle at once when it has closed. */
const SETTLING_MS = 5_000;

/** Close of the newest candle that a training at this moment may look at, epoch ms on the clock of the exchange. */
export function cutoffAt(nowMs: number, timeframe: Timeframe, kind: DataKind): number {
  return candleOpenTime(kind === 'live' ? nowMs - SETTLING_MS : nowMs, timeframe);
}

export interface PastTraining {
  readonly timeframe: Timeframe;
  /** Close of the newest candle it looked at. */
  readonly cutoff: number;
  readonly samples: number;
  readonly symbols: number;
}

/**
 * Close of the candle from which on a model is trained anew: 5 % more samples, or a day later, whichever comes first; at the
 * earliest the next candle.
 */
export function nextCutoff({ timeframe, cutoff, samples, symbols }: PastTraining): number {
  const duration = timeframeMs(timeframe);
  const enough = Math.ceil((NEW_SHARE * samples) / symbols);
  const longest = Math.ceil(LONGEST_PAUSE_MS / duration);
  return cutoff + Math.max(1, Math.min(enough, longest)) * duration;
}
