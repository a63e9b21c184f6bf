import type { Confluence, MarketRegime, SignalDirection } from '@fast-scanner/shared';
import { formatNumber, formatSigned } from './format-number.ts';
import { clamp, ramp } from './ramp.ts';

/** What the opportunity factors read, all free of the price's scale; `null` where there is no evidence. */
export interface OpportunityEvidence {
  /** 1 long, −1 short. */
  readonly side: 1 | -1;
  /** Weighted mean of the quick signal's trend factors, −1 to 1. */
  readonly trend: number | null;
  /** Weighted mean of its momentum and position factors, −1 to 1. */
  readonly momentum: number | null;
  readonly regime: Pick<MarketRegime, 'regime' | 'confidence'> | null;
  /** Net share of the volume of the last 20 candles that was traded in their bodies' direction, −1 to 1. */
  readonly volumePressure: number | null;
  /** ATR % as a percentile of its own history, 0–100. */
  readonly volatilityPercentile: number | null;
  /** Highs and lows both rising 1, both falling −1, mixed 0. */
  readonly swingDirection: number | null;
  /** ATRs up to the nearest confirmed swing ahead of the close; Infinity when it is beyond all known ones. */
  readonly roomAtrs: number | null;
  readonly confluence: Confluence;
}

/** One published factor of the opportunity score. */
export interface OpportunityFactor {
  readonly name: string;
  /** Share of the 100 points; the weights of the table sum to 1. */
  readonly weight: number;
  /** Formula and thresholds, as the documentation prints them. */
  readonly help: string;
  /** 0–1, never lower for better evidence, 0 for missing evidence. */
  readonly evaluate: (evidence: OpportunityEvidence) => number;
  readonly explain: (evidence: OpportunityEvidence) => string;
}

/** Volume pressure at which its factor is full: the 90 % quantile of 30 USDT spot markets (15 m candles of June 2025), rounded. */
const FULL_PRESSURE = 0.25;
/** Room to the next swing at which its half of the structure factor is full. */
const FULL_ROOM_ATRS = 3;

const SIDE_SIGNAL: Readonly<Record<OpportunityEvidence['side'], SignalDirection>> = {
  1: 'BUY',
  [-1]: 'SELL',
};
const SIDE_REGIME: Readonly<Record<OpportunityEvidence['side'], MarketRegime['regime']>> = {
  1: 'bull',
  [-1]: 'bear',
};

/**
 * The factors of the opportunity score, seen from the side of the signal. The weights are a published choice, not fitted:
 * trend and agreement across timeframes lead, what merely colours the picture (volume, volatility) has a tenth each.
 */
export const OPPORTUNITY_FACTORS: readonly OpportunityFactor[] = [
  {
    name: 'trend',
    weight: 0.25,
    help: '0.6 · trend factors of the quick signal towards the side + 0.4 · confidence of a regime of that side',
    evaluate: ({ side, trend, regime }) =>
      0.6 * towards(side, trend) + 0.4 * (regime?.regime === SIDE_REGIME[side] ? regime.confidence : 0),
    explain: ({ trend, regime }) =>
      `trend factors ${formatSigned(trend)}, regime ${regime?.regime ?? 'unknown'} with confidence ${formatNumber(regime?.confidence ?? null, 2)}`,
  },
  {
    name: 'momentum',
    weight: 0.2,
    help: 'momentum and position factors of the quick signal towards the side',
    evaluate: ({ side, momentum }) => towards(side, momentum),
    explain: ({ momentum }) => `momentum factors ${formatSigned(momentum)}`,
  },
  {
    name: 'volume',
    weight: 0.1,
    help: `Σ volume · (close − open) / (high − low) over Σ volume, 20 candles, towards the side: full at ${FULL_PRESSURE}`,
    evaluate: ({ side, volumePressure }) => towards(side, volumePressure, FULL_PRESSURE),
    explain: ({ volumePressure }) =>
      volumePressure === null
        ? 'no evidence: needs traded volume'
        : `net volume pressure ${formatSigned(volumePressure)} over 20 candles`,
  },
  {
    name: 'volatility',
    weight: 0.1,
    help: 'ATR % percentile p: clamp((50 − |p − 50|) / 30, 0, 1): full from 30 to 70, none when asleep or in disorder',
    evaluate: ({ volatilityPercentile: percentile }) =>
      percentile === null ? 0 : ramp(50 - Math.abs(percentile - 50), 0, 30),
    explain: ({ volatilityPercentile }) =>
      volatilityPercentile === null
        ? 'no evidence: needs a longer history'
        : `ATR % at percentile ${formatNumber(volatilityPercentile, 0)} of its history`,
  },
  {
    name: 'structure',
    weight: 0.15,
    help: `0.5 · last two swing highs and lows move towards the side (one of them: half) + 0.5 · room to the next swing ahead: full at ${FULL_ROOM_ATRS} ATR`,
    evaluate: ({ side, swingDirection, roomAtrs }) =>
      0.5 * (swingDirection === null ? 0 : ramp(side * swingDirection, -1, 1)) +
      0.5 * ramp(roomAtrs ?? 0, 0, FULL_ROOM_ATRS),
    explain: ({ swingDirection, roomAtrs }) => `${describeSwings(swingDirection)}, ${describeRoom(roomAtrs)}`,
  },
  {
    name: 'confluence',
    weight: 0.2,
    help: 'share of the asked timeframes whose signal is on the side',
    evaluate: ({ side, confluence: { timeframes } }) =>
      timeframes.length === 0 ? 0 : countOnSide(side, timeframes) / timeframes.length,
    explain: ({ side, confluence: { timeframes } }) =>
      `${countOnSide(side, timeframes)} of ${timeframes.length} timeframes say ${SIDE_SIGNAL[side]}`,
  },
];

function towards(side: 1 | -1, reading: number | null, fullScale = 1): number {
  return reading === null ? 0 : clamp((side * reading) / fullScale, 0, 1);
}

function countOnSide(side: 1 | -1, votes: Confluence['timeframes']): number {
  return votes.filter(({ signal }) => signal === SIDE_SIGNAL[side]).length;
}

function describeSwings(direction: number | null): string {
  if (direction === null) return 'too few confirmed swings';
  if (direction === 0) return 'swings are mixed';
  return direction > 0 ? 'swing highs and lows are rising' : 'swing highs and lows are falling';
}

function describeRoom(roomAtrs: number | null): string {
  if (roomAtrs === null) return 'no swing to measure the room ahead';
  return Number.isFinite(roomAtrs)
    ? `next swing ${formatNumber(roomAtrs)} ATR ahead`
    : 'beyond all recent swings';
}
