import { type CandleColumns, ScannerError, timeframeMs, toIsoTime } from '@fast-scanner/shared';
import type { CandleHistory, HistoryRequest } from './candle-history.ts';
import { cleanHistory } from './clean-history.ts';
import type { MarketDataSource } from './market-data-source.ts';

/** A live exchange's newest candle is complete only so long after its close. */
const SETTLING_MS = 3_000;

/**
 * Reads the past of a symbol from any source, cleaned and with a report on what was wrong.
 *
 * @throws ScannerError `no_data` when no closed candle is left, `bad_data`, and those of the source
 */
export async function readHistory(
  source: MarketDataSource,
  request: HistoryRequest,
  signal: AbortSignal,
): Promise<CandleHistory> {
  const askedAt = source.now();
  const columns = await fetchRange(source, request, signal);
  // A live source may set its clock by the call; what closes while the answer travels may be incomplete in it.
  const settledAt =
    source.dataSource.kind === 'live' ? Math.min(askedAt, source.now()) - SETTLING_MS : askedAt;
  const history = cleanHistory(columns, { ...request, nowMs: settledAt });
  if (history.candles.openTime.length === 0) throw noCandles(request);
  return { ...history, dataSource: source.dataSource };
}

function fetchRange(
  source: MarketDataSource,
  request: HistoryRequest,
  signal: AbortSignal,
): Promise<CandleColumns> {
  if (source.fetchHistory) return source.fetchHistory(request, { signal });
  const { symbol, timeframe, from } = request;
  const limit = Math.max(1, Math.ceil((source.now() - from) / timeframeMs(timeframe)) + 1);
  return source.fetchCandles({ symbol, timeframe, since: from, limit }, { signal });
}

function noCandles({ symbol, timeframe, from, to }: HistoryRequest): ScannerError {
  const range = `${toIsoTime(from).slice(0, 10)} to ${toIsoTime(to).slice(0, 10)}`;
  return new ScannerError('no_data', `${symbol} has no closed ${timeframe} candles from ${range}`);
}
