import type { Market } from '../../market-data/market-data-source.ts';

/**
 * The market a symbol names. On an exchange that lists contracts only, `BTC/USDT` is its linear swap `BTC/USDT:USDT`; elsewhere
 * the two are never taken for each other. `undefined` when it is not listed.
 */
export function findMarket(markets: readonly Market[], symbol: string): Market | undefined {
  const exact = markets.find((market) => market.symbol === symbol);
  if (exact || markets.some(({ kind }) => kind !== 'swap')) return exact;
  return markets.find((market) => market.symbol === `${symbol}:${symbol.split('/')[1]}`);
}
