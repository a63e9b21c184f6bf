import { ScannerError } from '@fast-scanner/shared';
import type { MarketFeed } from '../../market-data/market-feed.ts';
import { DEFAULT_UNIVERSE } from './default-universe.ts';

export interface UniverseOptions {
  /** `UNIVERSE` of the configuration; `null` for the built-in list. */
  readonly configured: readonly string[] | null;
  readonly limit: number;
}

/**
 * The symbols a scan without a list of its own looks at: the configured ones, else the built-in ones the exchange lists,
 * filled up with its other active symbols in listing order. Recorded data has its own universe: all of it.
 * @throws ScannerError the exchange's code when its markets cannot be read; `no_data` when nothing is left
 */
export async function resolveUniverse(
  feed: MarketFeed,
  options: UniverseOptions,
): Promise<readonly string[]> {
  if (options.configured) return options.configured.slice(0, options.limit);
  const markets = (await feed.markets()).filter((market) => market.active);
  const listed = new Set(markets.map((market) => market.symbol));
  const known = DEFAULT_UNIVERSE.filter((symbol) => listed.has(symbol));
  const others =
    feed.dataSource.kind === 'live' ? [] : [...listed].filter((symbol) => !known.includes(symbol));
  const universe = [...known, ...others].slice(0, options.limit);
  if (universe.length === 0) {
    throw new ScannerError(
      'no_data',
      `${feed.dataSource.exchange} lists none of the default symbols; name some in "symbols"`,
    );
  }
  return universe;
}
