import { ScannerError } from '@fast-scanner/shared';
import type { MarketFeed } from '../../market-data/market-feed.ts';
import { DEFAULT_UNIVERSE } from './default-universe.ts';
import { findMarket } from './find-market.ts';

export interface UniverseOptions {
  /** `UNIVERSE` of the configuration; `null` for the built-in list. */
  readonly configured: readonly string[] | null;
  readonly limit: number;
  /** Symbols that are left out because they keep being delisted. */
  readonly isRetired: (symbol: string) => boolean;
  readonly signal?: AbortSignal | undefined;
}

/**
 * The symbols a scan without a list of its own looks at: the configured ones, else the built-in ones the exchange lists,
 * filled up with its other active symbols in listing order. Recorded data has its own universe: all of it. Stocks, which
 * do not trade around the clock, are scanned only when they are named.
 * @throws ScannerError the exchange's code when its markets cannot be read; `no_data` when nothing is left
 */
export async function resolveUniverse(
  feed: MarketFeed,
  { configured, limit, isRetired, signal }: UniverseOptions,
): Promise<readonly string[]> {
  if (configured) return configured.filter((symbol) => !isRetired(symbol)).slice(0, limit);
  const listing = await feed.markets(signal ? { signal } : {});
  const markets = listing.filter(({ active, kind }) => active && kind !== 'stock');
  const known = DEFAULT_UNIVERSE.flatMap((symbol) => findMarket(markets, symbol)?.symbol ?? []);
  const listed = markets.map(({ symbol }) => symbol);
  const others = feed.dataSource.kind === 'live' ? [] : listed.filter((symbol) => !known.includes(symbol));
  const universe = [...known, ...others].filter((symbol) => !isRetired(symbol)).slice(0, limit);
  if (universe.length === 0) {
    throw new ScannerError(
      'no_data',
      `${feed.dataSource.exchange} lists none of the default symbols; name some in "symbols"`,
    );
  }
  return universe;
}
