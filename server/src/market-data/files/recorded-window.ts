import {
  type CandleColumns,
  candleOpenTime,
  columnsFromRows,
  rowsFromColumns,
  type Timeframe,
} from '@fast-scanner/shared';
import type { CandleRequest } from '../market-data-source.ts';
import { resampleCandles } from '../resample.ts';
import type { CandleRecordings } from './candle-recordings.ts';
import { selectClosedWindow } from './closed-window.ts';
import { dividing } from './recorded-candles.ts';

export interface RecordedWindowOptions {
  readonly nowMs: number;
  readonly signal: AbortSignal;
}

/**
 * The newest candles as they looked at `nowMs`. Recorded rows are final, so only rows closed by then are shown; the open candle is built from
 * the closed rows of the shortest timeframe recorded, and left out when there is none shorter.
 */
export async function readRecordedWindow(
  recorded: CandleRecordings,
  request: CandleRequest,
  { nowMs, signal }: RecordedWindowOptions,
): Promise<CandleColumns> {
  const { symbol, timeframe, limit, since = Number.NEGATIVE_INFINITY } = request;
  const all = await recorded.all(symbol, timeframe, signal);
  const openOpenTime = candleOpenTime(nowMs, timeframe);
  const shortest = dividing(await recorded.timeframes(symbol, signal), timeframe)[0];
  const finer = shortest ? await recorded.all(symbol, shortest, signal) : null;
  const openCandle = shortest && finer ? formOpenCandle(finer, { from: shortest, to: timeframe, nowMs }) : [];
  const shown = openOpenTime >= since ? openCandle : [];
  const closed = selectClosedWindow(all, { timeframe, nowMs, since, limit: limit - shown.length });
  return shown.length === 0 ? closed : columnsFromRows([...rowsFromColumns(closed), ...shown]);
}

interface OpenCandleOptions {
  readonly from: Timeframe;
  readonly to: Timeframe;
  readonly nowMs: number;
}

/** The candle that is open at `nowMs` as far as closed rows tell, as a list of one; empty when its beginning is not recorded. */
function formOpenCandle(finer: CandleColumns, { from, to, nowMs }: OpenCandleOptions) {
  const since = candleOpenTime(nowMs, to);
  const rows = selectClosedWindow(finer, { timeframe: from, nowMs, since, limit: Number.POSITIVE_INFINITY });
  return rowsFromColumns(resampleCandles(rows, { from, to, keepPartialEnd: true }));
}
