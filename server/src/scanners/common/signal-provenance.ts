import type { CandleSeries, DataSource, DeepAnalysis, Provenance } from '@fast-scanner/shared';
import { WARMUP_CANDLES } from '../../analysis/candle-requirements.ts';
import type { DeepAnalysisInput, DeepAnalysisResult } from '../../analysis/deep-analysis.ts';
import type { QuickAnalysis } from '../../analysis/quick-analysis.ts';
import { RULE_VERSIONS } from '../../analysis/rule-versions.ts';
import { describeCandles } from './used-candles.ts';

/** Where a quick signal comes from. */
export function quickProvenance(
  dataSource: DataSource,
  series: CandleSeries,
  { candleCloseTime, warmupOk }: Pick<QuickAnalysis, 'candleCloseTime' | 'warmupOk'>,
): Provenance {
  return {
    dataSource,
    candleCloseTime,
    warmupOk,
    candles: [describeCandles(series)],
    rules: { quick: RULE_VERSIONS.quick },
    parameters: {},
    modelId: null,
  };
}

/** Where a deep analysis comes from: the window of its own timeframe first, then those of the timeframes that could be read. */
export function deepProvenance(
  dataSource: DataSource,
  { primary, timeframes, tickSize, minRiskReward }: DeepAnalysisInput,
  { candleCloseTime, ml_prediction }: DeepAnalysisResult,
): DeepAnalysis['provenance'] {
  const others = timeframes.flatMap(({ series }) => (series && series !== primary ? [series] : []));
  return {
    dataSource,
    candleCloseTime,
    warmupOk: primary.length >= WARMUP_CANDLES,
    candles: [primary, ...others].map(describeCandles),
    rules: { quick: RULE_VERSIONS.quick, deep: RULE_VERSIONS.deep },
    parameters: { tickSize, minRiskReward: minRiskReward ?? null },
    modelId: ml_prediction?.modelId ?? null,
  };
}
