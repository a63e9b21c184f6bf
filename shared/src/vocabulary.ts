// The closed lists of the contract. They stand apart from the schemas, so that the client can give them to front ends without zod.

/** Candle lengths the product knows, shortest first. Names as exchanges write them. */
export const TIMEFRAMES = [
  '1m',
  '3m',
  '5m',
  '15m',
  '30m',
  '1h',
  '2h',
  '4h',
  '6h',
  '8h',
  '12h',
  '1d',
  '1w',
] as const;
export type Timeframe = (typeof TIMEFRAMES)[number];

/** What a signal says to do. */
export const SIGNALS = ['BUY', 'SELL', 'HOLD'] as const;
export type SignalDirection = (typeof SIGNALS)[number];

/** In the order that a job goes through them. */
export const JOB_STATUSES = ['queued', 'running', 'completed', 'failed', 'cancelled'] as const;
export type JobStatus = (typeof JOB_STATUSES)[number];

/** Why a symbol is no signal; `errors` are failures, the others verdicts. */
export const REJECTION_REASONS = [
  'low_confluence',
  'no_data',
  'missing_critical_tf',
  'risk_validation',
  'no_trade_plan',
  'errors',
] as const;
export type RejectionReason = (typeof REJECTION_REASONS)[number];

/** Ways of trading; each looks at one timeframe. */
export const TRADING_STYLES = ['scalp', 'day_trade', 'swing', 'position'] as const;
export type TradingStyle = (typeof TRADING_STYLES)[number];

/** What the continuous scanner may say of a symbol. */
export const CONTINUOUS_SIGNAL_TYPES = [
  'MOMENTUM_BUY',
  'MOMENTUM_SELL',
  'REVERSION_BULLISH',
  'REVERSION_BEARISH',
  'STRONG_BUY',
  'STRONG_SELL',
  'WEAK_BUY',
  'WEAK_SELL',
  'NEUTRAL',
] as const;
export type ContinuousSignalType = (typeof CONTINUOUS_SIGNAL_TYPES)[number];

/** Who made a signal: a scan, a scan run, the continuous scanner, or a replay of recorded history. */
export const SIGNAL_ORIGINS = ['scan', 'run', 'continuous', 'replay'] as const;
export type SignalOrigin = (typeof SIGNAL_ORIGINS)[number];

/** `target`/`stop`: what was reached first · `timeout`: neither within the horizon · `none`: no side was taken · `unknown`: the candles could not be had. */
export const SIGNAL_OUTCOMES = ['target', 'stop', 'timeout', 'none', 'unknown'] as const;
export type SignalOutcomeKind = (typeof SIGNAL_OUTCOMES)[number];

/** What the scorecard is split by. `period` is the calendar month of the signal's candle, UTC. */
export const SCORECARD_DIMENSIONS = [
  'type',
  'mode',
  'regime',
  'timeframe',
  'exchange',
  'period',
  'origin',
] as const;
export type ScorecardDimension = (typeof SCORECARD_DIMENSIONS)[number];

/** What a rule may watch from one scan to the next: the changes of change tracking, and two levels that are reached from below. */
export const ALERT_CHANGES = [
  'flipped',
  'strengthened',
  'weakened',
  'price_move',
  'regime_change',
  'score_above',
  'confluence_reached',
] as const;
export type AlertChange = (typeof ALERT_CHANGES)[number];

/** In what the threshold of a price move is told. */
export const PRICE_MOVE_UNITS = ['percent', 'atr'] as const;
export type PriceMoveUnit = (typeof PRICE_MOVE_UNITS)[number];

/** Thresholds of rules that name none. `null`: what the rule watches has no size. */
export const DEFAULT_THRESHOLDS = {
  flipped: null,
  /** Points of strength. */
  strengthened: 15,
  weakened: 15,
  /** Whichever is reached first, unless the rule names the unit. */
  price_move: { percent: 3, atr: 2 },
  regime_change: null,
  /** Opportunity score, 0–100. */
  score_above: 70,
  /** Share of the asked timeframes that agree, 0–1. */
  confluence_reached: 0.75,
} as const satisfies Record<AlertChange, number | null | Record<PriceMoveUnit, number>>;

/**
 * What comes of a rule for a symbol. `already_fired`: for this very candle; `unchanged`: nothing of this kind happened;
 * `no_data`: one of the two scans does not say (no deep analysis, first time seen); `not_watched`: switched off or out of scope.
 */
export const ALERT_OUTCOMES = [
  'fires',
  'already_fired',
  'cooldown',
  'below_threshold',
  'unchanged',
  'no_data',
  'not_watched',
] as const;
export type AlertOutcome = (typeof ALERT_OUTCOMES)[number];

/** Indicators that can be sent along with candles, for drawing. */
export const CHART_INDICATORS = ['ema20', 'ema50', 'ema200', 'bollinger', 'rsi', 'macd'] as const;
export type ChartIndicator = (typeof CHART_INDICATORS)[number];

/** The lines they are made of. */
export const INDICATOR_LINES = [
  'ema20',
  'ema50',
  'ema200',
  'bollingerUpper',
  'bollingerMiddle',
  'bollingerLower',
  'rsi',
  'macdLine',
  'macdSignal',
  'macdHistogram',
] as const;
export type IndicatorLine = (typeof INDICATOR_LINES)[number];
