import { computeScorecard } from '@fast-scanner/server/analysis/outcomes/compute-scorecard.ts';
import { finishAtOnce } from '@fast-scanner/server/analysis/outcomes/in-turns.ts';
import { type ScorecardRow, ScorecardRows } from '@fast-scanner/server/analysis/outcomes/scorecard-rows.ts';
import type { Scorecard } from '@fast-scanner/shared';
import { CLOSE, HOUR } from './judged.ts';

/** A settled trade of 4 candles that made 0.7 % after costs. */
export const TRADE: ScorecardRow = {
  origin: 'scan',
  exchange: 'binance',
  symbol: 'BTC/USDT',
  timeframe: '1h',
  candleCloseTime: CLOSE,
  signalType: 'BUY',
  direction: 'long',
  mode: null,
  regime: 'bull',
  score: 50,
  horizonCandles: 4,
  dataKind: 'live',
  probabilityUp: null,
  outcome: 'target',
  forwardReturnPct: 1,
  netReturnPct: 0.7,
  predictionLabel: null,
};

/** So many signals, each an hour after the one before. */
export function rowsOf(count: number, make: (index: number) => Partial<ScorecardRow>): ScorecardRow[] {
  return Array.from({ length: count }, (_, index) => ({
    ...TRADE,
    candleCloseTime: CLOSE + index * HOUR,
    ...make(index),
  }));
}

export function scorecardOf(rows: readonly ScorecardRow[]): Scorecard {
  const columns = new ScorecardRows();
  for (const row of rows) columns.add(row);
  return finishAtOnce(computeScorecard(columns, { filters: {}, costPct: 0.3 }));
}
