import type { CandleSeries, ContinuousConfig, ContinuousSignal, TradingStyle } from '@fast-scanner/shared';
import { candleCloseTime } from '../candle-close-time.ts';
import { computeClustering } from './clustering.ts';
import { computeCombinedScore } from './combined-score.ts';
import { computeMomentum, MOMENTUM_WARMUP } from './momentum.ts';
import { requireWindow } from './require-window.ts';
import { computeReversion } from './reversion.ts';
import { computeSignalType } from './signal-type.ts';

/** Closed candles a signal needs; momentum is the part that looks back farthest. */
export const SIGNAL_CANDLES = MOMENTUM_WARMUP;

/** The part of a {@link ContinuousSignal} that follows from the candles. */
export type SymbolSignal = Omit<ContinuousSignal, 'symbol' | 'exchange' | 'timestamp'>;

export interface SymbolSignalOptions {
  /** Whose timeframe the candles have. */
  readonly style: TradingStyle;
  readonly config: ContinuousConfig;
}

/**
 * The signal of the newest candle of a series of closed candles. Pure and deterministic; every number is finite, and none
 * depends on the price's scale but `price`.
 * @throws ScannerError `insufficient_data` below 101 candles
 */
export function computeSymbolSignal(series: CandleSeries, options: SymbolSignalOptions): SymbolSignal {
  const { style, config } = options;
  const { symbol, timeframe, close } = series;
  requireWindow(series, SIGNAL_CANDLES, `the ${timeframe} signal of ${symbol}`);
  const clusters = computeClustering(series, config);
  const { momentum, direction } = computeMomentum(series, clusters);
  const reversion = computeReversion(series, config);
  const { momentum_score: momentumScore } = momentum;
  const bias = config.momentum_bias;
  return {
    style,
    timeframe,
    candleCloseTime: candleCloseTime(series),
    price: close.at(-1) ?? Number.NaN,
    momentum,
    reversion,
    clustering: clusters.clustering,
    combined_score: computeCombinedScore(momentumScore, reversion.reversion_score, bias),
    signal_type: computeSignalType({ momentumScore, direction, reversion, bias }),
  };
}
