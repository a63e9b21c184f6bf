import type { ExchangeInfo } from '@fast-scanner/client';
import { useScannerClient } from '@fast-scanner/client/react';
import { useQuery } from '@tanstack/react-query';

const REFRESH_MS = 30_000;

/** The exchanges of the server, with how each of them fares. */
export function useExchanges() {
  const client = useScannerClient();
  return useQuery({
    queryKey: ['exchanges'],
    queryFn: ({ signal }) => client.markets.exchanges({ signal }),
    select: ({ exchanges }) => exchanges,
    refetchInterval: REFRESH_MS,
  });
}

/** The exchange that is used when none is named; `null` until it is known. */
export function useDefaultExchange(): ExchangeInfo | null {
  const { data } = useExchanges();
  return data?.find((exchange) => exchange.default) ?? null;
}
