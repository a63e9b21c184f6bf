import { candleOpenTime, type Timeframe, timeframeMs } from '@fast-scanner/shared';
import type { TrainingKind } from './training-store.ts';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
/** How long after the end of a period its last records may still come, before they cost a second sealing. */
const SEAL_DELAY_MS: Readonly<Record<TrainingKind, number>> = {
  signals: HOUR_MS,
  ohlcv: HOUR_MS,
  clustering: HOUR_MS,
  // Labels come when the signal's horizon is over.
  labels: 14 * DAY_MS,
};

export interface Period {
  /** `2026-01-05` (a UTC day) or `2026-01` (a UTC month). */
  readonly name: string;
  /** Epoch ms UTC, inclusive. */
  readonly from: number;
  /** Epoch ms UTC, exclusive. */
  readonly to: number;
}

/** The period whose file holds a record of this time: a month for candles of an hour or longer, else a day. */
export function periodOf(kind: TrainingKind, timeframe: Timeframe, time: number): Period {
  const isMonthly = kind === 'ohlcv' && timeframeMs(timeframe) >= HOUR_MS;
  const name = new Date(time).toISOString().slice(0, isMonthly ? 7 : 10);
  return { name, ...rangeOf(name) };
}

/** The period of this name, if files of this kind and timeframe are cut that way; else `null`. */
export function parsePeriod(name: string, kind: TrainingKind, timeframe: Timeframe): Period | null {
  if (!/^\d{4}-\d{2}(-\d{2})?$/.test(name)) return null;
  const start = Date.parse(name);
  if (Number.isNaN(start)) return null;
  const period = periodOf(kind, timeframe, start);
  return period.name === name ? period : null;
}

/** From when on the file of a period is sealed: its last candle is closed, and late records had their time. */
export function sealTime(kind: TrainingKind, timeframe: Timeframe, { to }: Period): number {
  const lastClose = kind === 'ohlcv' ? candleOpenTime(to - 1, timeframe) + timeframeMs(timeframe) : to;
  return Math.max(to, lastClose) + SEAL_DELAY_MS[kind];
}

function rangeOf(name: string): { readonly from: number; readonly to: number } {
  const from = Date.parse(name);
  if (name.length === 10) return { from, to: from + DAY_MS };
  const [year = 0, month = 0] = name.split('-').map(Number);
  return { from, to: Date.UTC(year, month) };
}
