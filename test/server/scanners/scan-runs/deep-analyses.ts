import { type DeepAnalysis, deepAnalysisSchema, type RiskPlan, type Timeframe } from '@fast-scanner/shared';

const CLOSE_TIME = '2026-01-07T10:00:00.000Z';

/** A long from 100 with its stop at 96 and three targets. */
export const LONG_PLAN: RiskPlan = {
  direction: 'long',
  entry: 100,
  stopLoss: 96,
  takeProfit: 108,
  riskReward: 2,
  stopDistancePct: 4,
  targets: [
    { level: 1, price: 108, riskReward: 2 },
    { level: 2, price: 112, riskReward: 3 },
    { level: 3, price: 116, riskReward: 4 },
  ],
  rationale: 'two ATRs',
};

/** The same from the other side. */
export const SHORT_PLAN: RiskPlan = {
  ...LONG_PLAN,
  direction: 'short',
  stopLoss: 104,
  takeProfit: 92,
  targets: LONG_PLAN.targets.map((target) => ({ ...target, price: 200 - target.price })),
};

export interface DeepOptions {
  /** Default: a long that passes every mode. */
  readonly plan?: RiskPlan | null;
  readonly score?: number;
  readonly direction?: DeepAnalysis['direction'];
  readonly problem?: DeepAnalysis['sl_tp_problem'];
  /** Timeframes that could not be read. */
  readonly missing?: readonly Timeframe[];
  readonly timeframes?: readonly Timeframe[];
}

/** A deep analysis as the analysis would make it, its plan and votes as told. */
export function deepOf(options: DeepOptions = {}): DeepAnalysis {
  const { plan = LONG_PLAN, score = 80, problem = null, missing = [] } = options;
  const { timeframes = ['5m', '15m', '1h', '4h', '1d'] } = options;
  const votes = timeframes.map((timeframe) => toVote(timeframe, missing.includes(timeframe)));
  return deepAnalysisSchema.parse({
    opportunity_score: score,
    direction: options.direction ?? plan?.direction ?? 'long',
    market_regime: {
      regime: 'bull',
      confidence: 0.7,
      volatility: 'medium',
      volatilityPercentile: 50,
      persistence: 'trending',
      efficiencyRatio: 0.5,
      adx: 30,
      since: null,
      rationale: 'rising',
    },
    sl_tp: plan,
    sl_tp_reason: plan ? null : 'this is why',
    sl_tp_problem: plan ? null : problem,
    confluence: {
      bias: 'bullish',
      alignment: 1,
      timeframes: votes,
      agreeing: timeframes.filter((timeframe) => !missing.includes(timeframe)),
      disagreeing: [],
      missing: [...missing],
    },
    ml_prediction: null,
    ml_prediction_reason: 'none',
    patterns: [],
    factors: [{ name: 'trend', weight: 1, value: score / 100, contribution: score, rationale: 'all of it' }],
    candleCloseTime: CLOSE_TIME,
    provenance: {
      dataSource: { exchange: 'demo', kind: 'simulated' },
      candleCloseTime: CLOSE_TIME,
      warmupOk: true,
      candles: [{ timeframe: '1h', count: 500, from: CLOSE_TIME, to: CLOSE_TIME, sha256: '0'.repeat(64) }],
      rules: { quick: 1, deep: 1 },
      parameters: {},
      modelId: null,
    },
    timestamp: CLOSE_TIME,
  });
}

function toVote(timeframe: Timeframe, isMissing: boolean) {
  return {
    timeframe,
    signal: isMissing ? null : 'BUY',
    score: isMissing ? null : 0.5,
    candleCloseTime: isMissing ? null : CLOSE_TIME,
    warmupOk: !isMissing,
    detail: isMissing ? 'too young' : null,
  };
}
