import { type ErrorCode, ScannerApiError } from '@fast-scanner/client';
import { defaultTimeframe, type SymbolFilters } from './symbol-filters.ts';
import { useAnalyzeNow, useSymbolAnalysis, useSymbolCandles } from './use-symbol-data.ts';

/** Nothing about the symbol can be asked then. */
const UNKNOWN: readonly ErrorCode[] = ['symbol_unknown', 'exchange_unknown', 'invalid_input'];

export type SymbolView = ReturnType<typeof useSymbolView>;

/**
 * What the page shows of a symbol. Where the address names no exchange or timeframe, the newest analysis says which: its chart, prices and
 * history are of the same.
 */
export function useSymbolView(symbol: string, { exchange, timeframe, indicators }: SymbolFilters) {
  const analysis = useSymbolAnalysis({ symbol, exchange });
  const { data, error, isPending } = analysis;
  const at = { symbol, exchange: exchange || data?.signal.exchange || '' };
  const usual = data?.signal.timeframe ?? defaultTimeframe(symbol);
  const shown = timeframe ?? (isPending ? null : usual);
  const candles = useSymbolCandles({ ...at, timeframe: shown, indicators });
  return {
    at,
    /** Of the chart; `null` until it is known. */
    timeframe: shown,
    analysis,
    candles,
    analyze: useAnalyzeNow(at, shown ?? usual),
    isUnknown: !data && isOneOf(candles.error, UNKNOWN),
    isUnscanned: isOneOf(error, ['not_found']),
  };
}

function isOneOf(error: unknown, codes: readonly ErrorCode[]): boolean {
  return error instanceof ScannerApiError && codes.some((code) => code === error.code);
}
