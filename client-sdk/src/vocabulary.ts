/** The closed lists of the contract that front ends offer as choices. They are compiled in: the package needs no other for them. */
export {
  ALERT_CHANGES,
  ALERT_OUTCOMES,
  CHART_INDICATORS,
  CONTINUOUS_SIGNAL_TYPES,
  DEFAULT_THRESHOLDS,
  JOB_STATUSES,
  PRICE_MOVE_UNITS,
  REJECTION_REASONS,
  RUN_MODE_NAMES,
  SCORECARD_DIMENSIONS,
  SIGNAL_ORIGINS,
  SIGNAL_OUTCOMES,
  SIGNALS,
  TIMEFRAMES,
  TRADING_STYLES,
} from '@fast-scanner/shared';
