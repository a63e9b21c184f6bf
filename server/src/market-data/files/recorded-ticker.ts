import { type CandleColumns, type Timeframe, timeframeMs } from '@fast-scanner/shared';
import { isSoundCandle } from '../candle-row.ts';
import type { Ticker } from '../market-data-source.ts';

export interface RecordedTickerOptions {
  readonly symbol: string;
  readonly timeframe: Timeframe;
  readonly nowMs: number;
}

const DAY_MS = 86_400_000;

/**
 * The 24 h summary at `nowMs` from rows closed by then: the last close; its change against the last close 24 h before it; Σ volume × (high + low +
 * close) / 3 in between. The latter two are `null` when the rows do not reach back that far. `null` when nothing has traded yet.
 * Broken rows are passed over.
 */
export function createRecordedTicker(columns: CandleColumns, options: RecordedTickerOptions): Ticker | null {
  const span = timeframeMs(options.timeframe);
  const newest = lastRowUpTo(columns, options.nowMs - span);
  if (newest < 0) return null;
  const last = columns.close[newest] ?? Number.NaN;
  const lastOpenTime = columns.openTime[newest] ?? Number.NaN;
  const dayAgo = lastRowUpTo(columns, lastOpenTime - DAY_MS);
  const before = columns.close[dayAgo];
  return {
    symbol: options.symbol,
    last,
    change24hPct: before === undefined ? null : (last / before - 1) * 100,
    quoteVolume24h: before === undefined ? null : turnoverBetween(columns, dayAgo + 1, newest),
    timestamp: lastOpenTime + span,
  };
}

/** Position of the newest sound row that opens at or before a time, −1 when there is none. */
function lastRowUpTo(columns: CandleColumns, openTime: number): number {
  return columns.openTime.findLastIndex((time, index) => time <= openTime && isSoundCandle(columns, index));
}

function turnoverBetween(columns: CandleColumns, from: number, to: number): number {
  let turnover = 0;
  for (let index = from; index <= to; index += 1) {
    if (!isSoundCandle(columns, index)) continue;
    const typical =
      ((columns.high[index] ?? 0) + (columns.low[index] ?? 0) + (columns.close[index] ?? 0)) / 3;
    turnover += typical * (columns.volume[index] ?? 0);
  }
  return turnover;
}
