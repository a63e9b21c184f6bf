import type {
  ContinuousConfig,
  ContinuousConfigInput,
  StartContinuousInput,
  TradingStyle,
} from '@fast-scanner/client';

/** What the scanner is started with, as the form holds it. */
export interface StartChoice {
  /** None: the server's default. */
  readonly exchanges: readonly string[];
  /** None: the default universe of each exchange. */
  readonly symbols: readonly string[];
  readonly config: ContinuousConfig;
}

/** Fields of the configuration that are numbers. */
export type NumberName = Exclude<keyof ContinuousConfig, 'timeframes'>;

export interface ConfigField {
  readonly name: NumberName;
  readonly label: string;
  readonly help: string;
  readonly min: number;
  readonly max: number;
  readonly step?: number;
  readonly suffix?: string;
}

const SECONDS = { min: 1, max: 86_400, suffix: ' s' };

export const INTERVAL_FIELDS: readonly ConfigField[] = [
  {
    ...SECONDS,
    name: 'price_update_interval',
    label: 'Prices',
    help: 'Between two looks at the prices',
  },
  {
    ...SECONDS,
    name: 'signal_generation_interval',
    label: 'Signals',
    help: 'Between two looks for candles that have closed',
  },
  {
    ...SECONDS,
    name: 'market_state_interval',
    label: 'Market state',
    help: 'Between two readings of breadth and volatility',
  },
  {
    ...SECONDS,
    name: 'scan_interval',
    label: 'Full scan',
    help: 'Between two scans of every symbol on every timeframe',
  },
];

export const THRESHOLD_FIELDS: readonly ConfigField[] = [
  {
    name: 'momentum_bias',
    label: 'Weight of momentum',
    help: 'In the combined score; the rest is reversion’s',
    ...{ min: 0, max: 1, step: 0.05 },
  },
  {
    name: 'momentum_exhaustion_threshold',
    label: 'Exhausted momentum',
    help: 'Moves of one sign in a row from which momentum is spent',
    ...{ min: 2, max: 50, suffix: ' moves' },
  },
  {
    name: 'volume_exhaustion_multiplier',
    label: 'Exhausted volume',
    help: 'Volume of 3 candles as a multiple of that of 10',
    ...{ min: 1, max: 3, step: 0.1, suffix: ' ×' },
  },
  {
    name: 'excessive_gain_threshold',
    label: 'Excessive gain',
    help: 'Rise over 5 candles; 0.15 is 15 %',
    ...{ min: 0.001, max: 10, step: 0.01 },
  },
  {
    name: 'volume_threshold_multiplier',
    label: 'High volume',
    help: 'A candle’s volume as a multiple of the mean of 20',
    ...{ min: 1, max: 10, step: 0.1, suffix: ' ×' },
  },
  {
    name: 'cluster_trend_threshold',
    label: 'Cluster trend',
    help: 'Share of the clusters on one side that makes a trend',
    ...{ min: 0, max: 0.99, step: 0.05 },
  },
  {
    name: 'cluster_followthrough_threshold',
    label: 'Follow-through',
    help: 'Share of the newest 3 candles that has to follow',
    ...{ min: 0, max: 0.99, step: 0.05 },
  },
];

/** The styles that share a timeframe with another; the server wants each to have its own. */
export function sharedTimeframes({ timeframes }: ContinuousConfig): readonly TradingStyle[] {
  const styles = Object.keys(timeframes) as TradingStyle[]; // the contract has no others
  return styles.filter((style) =>
    styles.some((other) => other !== style && timeframes[other] === timeframes[style]),
  );
}

/** The request; what the server would choose by itself is left out. */
export function toStartInput({ exchanges, symbols, config }: StartChoice): StartContinuousInput {
  const input: ContinuousConfigInput = config;
  return {
    ...(exchanges.length === 0 ? {} : { exchanges: [...exchanges] }),
    ...(symbols.length === 0 ? {} : { symbols: [...symbols] }),
    config: input,
  };
}
