import type { Market } from '../market-data/market-data-source.ts';

/** The markets whose symbol has the query in it, those that begin with it first, else in listing order. */
export function findSymbols(markets: readonly Market[], query: string): readonly Market[] {
  const wanted = query.toUpperCase();
  const found = markets.filter(({ symbol }) => symbol.includes(wanted));
  const isFirst = ({ symbol }: Market) => symbol.startsWith(wanted);
  return [...found.filter(isFirst), ...found.filter((market) => !isFirst(market))];
}
