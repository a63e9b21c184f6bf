import {
  type CandleSeries,
  continuousConfigSchema,
  RUN_MODES,
  type RunModeName,
  type Timeframe,
  tradingStyleSchema,
} from '@fast-scanner/shared';
import { computeSymbolSignal } from '../../analysis/continuous/symbol-signal.ts';
import { computeDeepAnalysis, type DeepAnalysisResult } from '../../analysis/deep-analysis.ts';
import { computeQuickAnalysis } from '../../analysis/quick-analysis.ts';
import type { SignalRecord } from '../../store/signal-record.ts';
import { deepTimeframes } from '../common/deep-timeframes.ts';
import {
  type SignalStatement,
  stateContinuousSignal,
  stateRunSignal,
  stateScanSignal,
} from '../common/signal-statement.ts';

const NOT_READ = 'not read when the signal was made';

/**
 * What the rules of today say of the candles a signal was computed from. `windows` are in the order of its provenance. `null` when they
 * say no signal: NEUTRAL, or no plan.
 * @throws ScannerError `insufficient_data`
 */
export function recomputeSignal(
  record: SignalRecord,
  windows: readonly CandleSeries[],
): SignalStatement | null {
  const { origin } = record;
  if (origin === 'continuous') return recomputeContinuous(record, windows);
  if (origin === 'run') return stateRunSignal(recomputeDeep(record, windows));
  const [quick, ...deep] = windows;
  const analysis = computeQuickAnalysis(firstOf([quick]));
  return stateScanSignal(analysis, deep.length > 0 ? recomputeDeep(record, deep) : null);
}

function recomputeContinuous(
  { mode, provenance }: SignalRecord,
  windows: readonly CandleSeries[],
): SignalStatement | null {
  const candles = firstOf(windows);
  const config = continuousConfigSchema.parse(provenance.parameters);
  const signal = computeSymbolSignal(candles, { style: tradingStyleSchema.parse(mode), config });
  return stateContinuousSignal(signal, candles);
}

/** The windows' first is the signal's own timeframe; a timeframe that has none could not be read then. */
function recomputeDeep(record: SignalRecord, windows: readonly CandleSeries[]): DeepAnalysisResult {
  const { tickSize, minRiskReward } = record.provenance.parameters;
  const timeframes = timeframesOf(record).map((timeframe) => {
    const series = windows.find((window) => window.timeframe === timeframe) ?? null;
    return { timeframe, series, detail: series ? null : NOT_READ };
  });
  return computeDeepAnalysis({
    primary: firstOf(windows),
    timeframes,
    tickSize: typeof tickSize === 'number' ? tickSize : null,
    ...(typeof minRiskReward === 'number' ? { minRiskReward } : {}),
  });
}

function timeframesOf({ origin, mode, timeframe }: SignalRecord): readonly Timeframe[] {
  if (origin !== 'run') return deepTimeframes(timeframe);
  return RUN_MODES[mode as RunModeName].timeframes.toReversed(); // of a run the mode is that of its rules
}

function firstOf(windows: readonly (CandleSeries | undefined)[]): CandleSeries {
  const [first] = windows;
  if (!first) throw new Error('a signal without a window');
  return first;
}
