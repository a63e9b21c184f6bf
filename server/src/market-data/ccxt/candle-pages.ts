import {
  allocateColumns,
  type CandleColumns,
  type CandleRow,
  candleOpenTime,
  columnsFromRows,
  ScannerError,
  type Timeframe,
  timeframeMs,
} from '@fast-scanner/shared';
import type { CcxtCandle, CcxtExchange } from './ccxt-exchange.ts';
import type { CandleCaps } from './exchange-profiles.ts';

/** Which candles of one market are wanted: the newest `limit` that open at or after `since`, if given. */
export interface CandleQuery {
  /** ccxt's symbol. */
  readonly symbol: string;
  readonly timeframe: Timeframe;
  readonly limit: number;
  readonly since?: number;
  /** The exchange's time. */
  readonly nowMs: number;
}

type Exchange = Pick<CcxtExchange, 'fetchOHLCV'>;

/** Fetches the candles of a query, in several calls where the exchange gives too few at once. */
export async function fetchCandlePages(
  exchange: Exchange,
  query: CandleQuery,
  caps: CandleCaps,
): Promise<CandleColumns> {
  const { timeframe, limit, since = Number.NEGATIVE_INFINITY, nowMs } = query;
  const newestOpenTime = candleOpenTime(nowMs, timeframe);
  const firstOpenTime = Math.max(newestOpenTime - (limit - 1) * timeframeMs(timeframe), since);
  if (firstOpenTime > newestOpenTime) return allocateColumns(0);
  const count = Math.ceil((newestOpenTime - firstOpenTime) / timeframeMs(timeframe)) + 1;
  const cap = Math.min(caps.newest, caps.newestByTimeframe?.[timeframe] ?? caps.newest);
  const rows =
    count <= cap
      ? await fetchNewest(exchange, query, stepUp(count, caps.steps))
      : await fetchForward(exchange, query, { firstOpenTime, newestOpenTime, pageSize: caps.since });
  const wanted = rows.filter((row) => row[0] >= since).slice(-limit);
  return columnsFromRows(wanted);
}

async function fetchNewest(exchange: Exchange, query: CandleQuery, count: number): Promise<CandleRow[]> {
  const { symbol, timeframe } = query;
  return toRows(await exchange.fetchOHLCV(symbol, timeframe, undefined, count));
}

interface PageRange {
  readonly firstOpenTime: number;
  readonly newestOpenTime: number;
  readonly pageSize: number;
}

async function fetchForward(
  exchange: Exchange,
  { symbol, timeframe }: CandleQuery,
  { firstOpenTime, newestOpenTime, pageSize }: PageRange,
): Promise<CandleRow[]> {
  const duration = timeframeMs(timeframe);
  const rows: CandleRow[] = [];
  let cursor = firstOpenTime;
  while (cursor <= newestOpenTime) {
    const page = toRows(await exchange.fetchOHLCV(symbol, timeframe, cursor, pageSize));
    rows.push(...page);
    // An empty page lies before the listing: go on behind it. A full one may hold fewer candles than asked for.
    const last = page.at(-1)?.[0] ?? cursor + (pageSize - 1) * duration;
    cursor = Math.max(last, cursor) + duration;
  }
  return rows;
}

function stepUp(count: number, steps: readonly number[] = []): number {
  return steps.find((step) => step >= count) ?? count;
}

/** ccxt's rows with unreadable fields as NaN. A row without an open time is no candle: the answer has another shape. */
function toRows(candles: readonly CcxtCandle[]): CandleRow[] {
  return candles.map((candle) => {
    const field = (index: number) => candle[index] ?? Number.NaN;
    if (!Number.isFinite(field(0))) {
      throw new ScannerError('exchange_bad_response', 'sent candles without open times');
    }
    return [field(0), field(1), field(2), field(3), field(4), field(5)];
  });
}
