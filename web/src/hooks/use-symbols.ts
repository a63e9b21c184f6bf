import { useScannerClient } from '@fast-scanner/client/react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';

export interface UseSymbolsOptions {
  /** Part of the symbol. */
  readonly query?: string;
  /** Default: the server's default exchange. */
  readonly exchange?: string | undefined;
  readonly limit?: number;
  readonly isEnabled?: boolean;
}

const STALE_MS = 5 * 60_000;

/** Symbols of an exchange, those that begin with the query first. */
export function useSymbols({ query = '', exchange, limit = 50, isEnabled = true }: UseSymbolsOptions = {}) {
  const client = useScannerClient();
  const asked = { query, limit, ...(exchange === undefined ? {} : { exchange }) };
  return useQuery({
    queryKey: ['symbols', asked],
    queryFn: ({ signal }) => client.markets.symbols(asked, { signal }),
    select: ({ symbols }) => symbols,
    enabled: isEnabled,
    staleTime: STALE_MS,
    placeholderData: keepPreviousData,
  });
}
