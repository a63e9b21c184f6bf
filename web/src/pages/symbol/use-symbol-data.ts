import type { ChartIndicator, SymbolResponse, Timeframe } from '@fast-scanner/client';
import { useScannerClient } from '@fast-scanner/client/react';
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';

/** Candles of the chart. */
const CANDLES = 300;
const SIGNALS = 50;
const REFRESH_MS = 30_000;
/** While the deep analysis is under way. */
const SOON_MS = 3_000;

export interface SymbolKey {
  readonly symbol: string;
  /** Empty: the server's default; of analyses and signals, the one that has the newest. */
  readonly exchange: string;
}

/** What the newest scan says of the symbol. A symbol that was never scanned is an error with the code `not_found`. */
export function useSymbolAnalysis({ symbol, exchange }: SymbolKey) {
  const client = useScannerClient();
  return useQuery({
    queryKey: ['symbol', exchange, symbol],
    queryFn: ({ signal }) => client.symbol(symbol, whereOf(exchange), { signal }),
    refetchInterval: ({ state }) => (isUnderWay(state.data) ? SOON_MS : REFRESH_MS),
  });
}

/** Whether the deep analysis is still to come. */
export function isUnderWay(analysis: SymbolResponse | undefined): boolean {
  const status = analysis?.signal.status;
  return status === 'quick_scan' || status === 'analyzing';
}

interface CandleQuery extends SymbolKey {
  /** `null` until it is known which ones: then nothing is asked. */
  readonly timeframe: Timeframe | null;
  readonly indicators: readonly ChartIndicator[];
}

/** Closed candles with the lines of the indicators. While others are read, the last ones stay. */
export function useSymbolCandles({ symbol, exchange, timeframe, indicators }: CandleQuery) {
  const client = useScannerClient();
  const asked = {
    symbol,
    limit: CANDLES,
    ...(timeframe && { timeframe }),
    ...whereOf(exchange),
    ...(indicators.length > 0 && { indicators: [...indicators] }),
  };
  return useQuery({
    queryKey: ['candles', asked],
    queryFn: ({ signal }) => client.markets.candles(asked, { signal }),
    enabled: timeframe !== null,
    placeholderData: keepPreviousData,
    refetchInterval: REFRESH_MS,
  });
}

/** What was said of the symbol before, by whom, and what came of it. */
export function useSignalHistory({ symbol, exchange }: SymbolKey) {
  const client = useScannerClient();
  return useQuery({
    queryKey: ['signals', exchange, symbol],
    queryFn: ({ signal }) =>
      client.outcomes.signals({ symbol, limit: SIGNALS, ...whereOf(exchange) }, { signal }),
    refetchInterval: REFRESH_MS,
  });
}

/** Scans the symbol alone and waits for its deep analysis. */
export function useAnalyzeNow({ symbol, exchange }: SymbolKey, timeframe: Timeframe) {
  const client = useScannerClient();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async () => {
      const scan = await client.quickScan({ symbols: [symbol], timeframe, ...whereOf(exchange) });
      await scan.wait();
    },
    onSettled: () => {
      const isOfSymbol = (key: readonly unknown[]) =>
        ['symbol', 'signals'].includes(String(key[0])) && key[2] === symbol;
      return queries.invalidateQueries({ predicate: ({ queryKey }) => isOfSymbol(queryKey) });
    },
  });
}

function whereOf(exchange: string): { readonly exchange?: string } {
  return exchange === '' ? {} : { exchange };
}
