import { useMemo } from 'react';
import { type PricesState, pricesStore, type WatchPricesOptions } from '../index.ts';
import { useScannerClient } from './scanner-provider.tsx';
import { useStore } from './use-store.ts';

/**
 * Live prices, at most one change a second; components that watch the same exchange share one subscription. Nothing is asked for while the
 * page is hidden.
 * @example
 * const { prices, errors } = usePrices(['BTC/USDT', 'ETH/USDT']);
 * <td>{prices.get('BTC/USDT')?.price ?? errors.get('BTC/USDT')?.error ?? '…'}</td>
 */
export function usePrices(symbols: readonly string[], { exchange }: WatchPricesOptions = {}): PricesState {
  const client = useScannerClient();
  const list = JSON.stringify(symbols);
  return useStore(
    useMemo(() => pricesStore(client, JSON.parse(list), { exchange }), [client, list, exchange]),
  );
}
