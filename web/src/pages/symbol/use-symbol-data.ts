import type { ChartIndicator, Timeframe } from '@fast-scanner/client';
import { useScannerClient } from '@fast-scanner/client/react';
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';

/** Candles of the chart. */
const CANDLES = 300;
const REFRESH_MS = 30_000;

export interface SymbolKey {
  readonly symbol: string;
  /** Empty: the server's default. */
  readonly exchange: string;
}

/** What the newest scan says of the symbol. A symbol that was never scanned is an error with the code `not_found`. */
export function useSymbolAnalysis({ symbol, exchange }: SymbolKey) {
  const client = useScannerClient();
  return useQuery({
    queryKey: ['symbol', exchange, symbol],
    queryFn: ({ signal }) => client.symbol(symbol, exchange === '' ? {} : { exchange }, { signal }),
    refetchInterval: REFRESH_MS,
  });
}

interface CandleQuery extends SymbolKey {
  readonly timeframe: Timeframe;
  readonly indicators: readonly ChartIndicator[];
}

/** Closed candles with the lines of the indicators. While others are read, the last ones stay. */
export function useSymbolCandles({ symbol, exchange, timeframe, indicators }: CandleQuery) {
  const client = useScannerClient();
  return useQuery({
    queryKey: ['candles', exchange, symbol, timeframe, indicators],
    queryFn: ({ signal }) =>
      client.markets.candles(
        {
          symbol,
          timeframe,
          limit: CANDLES,
          ...(exchange === '' ? {} : { exchange }),
          ...(indicators.length === 0 ? {} : { indicators: [...indicators] }),
        },
        { signal },
      ),
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
      client.outcomes.signals({ symbol, limit: 50, ...(exchange === '' ? {} : { exchange }) }, { signal }),
    refetchInterval: REFRESH_MS,
  });
}

/** Scans the symbol alone and waits for its deep analysis. */
export function useAnalyzeNow({ symbol, exchange }: SymbolKey, timeframe: Timeframe) {
  const client = useScannerClient();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async () => {
      const scan = await client.quickScan({
        symbols: [symbol],
        timeframe,
        ...(exchange === '' ? {} : { exchange }),
      });
      await scan.wait();
    },
    onSuccess: () =>
      Promise.all(
        ['symbol', 'signals'].map((key) => queries.invalidateQueries({ queryKey: [key, exchange, symbol] })),
      ),
  });
}
