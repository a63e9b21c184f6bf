import type { Timeframe } from './vocabulary.ts';

export const RUN_MODE_NAMES = ['overwatch', 'recon', 'strike', 'surgical', 'ghost'] as const;
export type RunModeName = (typeof RUN_MODE_NAMES)[number];

export const SETUP_TYPES = ['scalp', 'intraday', 'swing'] as const;
export type SetupType = (typeof SETUP_TYPES)[number];

/** What a scan run looks at and what it lets through. */
export interface RunMode {
  readonly description: string;
  /** Every timeframe that votes, longest first. */
  readonly timeframes: readonly Timeframe[];
  /** The timeframe whose closed candles give side, score, stop and targets. */
  readonly primaryTimeframe: Timeframe;
  /** A symbol without enough candles of one of these is rejected. */
  readonly criticalTimeframes: readonly Timeframe[];
  /** Smallest opportunity score of a signal, 0–100. A caller can only raise it. */
  readonly minScore: number;
  /** Smallest reward of the first target for one unit of risk. */
  readonly minRiskReward: number;
  readonly setupType: SetupType;
}

/** The modes of scan runs. */
export const RUN_MODES: Readonly<Record<RunModeName, RunMode>> = {
  overwatch: {
    description: 'The large picture: few, patient swing setups with the weekly and daily trend behind them',
    timeframes: ['1w', '1d', '4h', '1h', '15m', '5m'],
    primaryTimeframe: '4h',
    criticalTimeframes: ['1w', '1d'],
    minScore: 75,
    minRiskReward: 2,
    setupType: 'swing',
  },
  recon: {
    description: 'The balanced look round: setups of the hour that the four-hour trend agrees with',
    timeframes: ['1d', '4h', '1h', '15m', '5m'],
    primaryTimeframe: '1h',
    criticalTimeframes: ['4h', '1h'],
    minScore: 65,
    minRiskReward: 1.8,
    setupType: 'intraday',
  },
  strike: {
    description: 'Quick intraday setups, the least demanding of all',
    timeframes: ['4h', '1h', '15m', '5m'],
    primaryTimeframe: '15m',
    criticalTimeframes: ['15m'],
    minScore: 60,
    minRiskReward: 1.6,
    setupType: 'intraday',
  },
  surgical: {
    description: 'Precise scalps: short timeframes only, but a high score',
    timeframes: ['1h', '15m', '5m'],
    primaryTimeframe: '15m',
    criticalTimeframes: ['15m'],
    minScore: 70,
    minRiskReward: 1.5,
    setupType: 'scalp',
  },
  ghost: {
    description: 'Quiet and picky: setups of the hour with a high score on all timeframes',
    timeframes: ['1d', '4h', '1h', '15m', '5m'],
    primaryTimeframe: '1h',
    criticalTimeframes: ['1h'],
    minScore: 70,
    minRiskReward: 1.6,
    setupType: 'intraday',
  },
};
