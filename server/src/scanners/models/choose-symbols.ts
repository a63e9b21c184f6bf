import { ScannerError } from '@fast-scanner/shared';
import type { MarketFeed } from '../../market-data/market-feed.ts';
import { DEFAULT_UNIVERSE } from '../common/default-universe.ts';
import { findMarket } from '../common/find-market.ts';
import { resolveUniverse } from '../common/universe.ts';
import { MOST_SYMBOLS } from './training-policy.ts';

export interface SymbolChoice {
  /** `UNIVERSE` of the configuration; `null` for the built-in list. */
  readonly configured: readonly string[] | null;
  /** Symbols whose predictions were asked for, first come, first served. */
  readonly asked: readonly string[];
  readonly signal: AbortSignal;
}

/**
 * The symbols a model learns from, in alphabetical order: those that were asked for, then the universe of scans, as far as they are
 * listed and 50 at most.
 * @throws ScannerError `no_data` when there is none; the exchange's code when its markets cannot be read
 */
export async function chooseSymbols(feed: MarketFeed, choice: SymbolChoice): Promise<readonly string[]> {
  const { configured, asked, signal } = choice;
  const isRecorded = feed.dataSource.kind === 'recorded';
  const limit = configured || isRecorded ? MOST_SYMBOLS : DEFAULT_UNIVERSE.length;
  const universe = await resolveUniverse(feed, { configured, limit, signal, isRetired: () => false }).catch(
    (error) => {
      if (error instanceof ScannerError && error.code === 'no_data' && asked.length > 0) return [];
      throw error;
    },
  );
  const markets = await feed.markets({ signal });
  const listed = [...asked, ...universe].flatMap((symbol) => findMarket(markets, symbol)?.symbol ?? []);
  return [...new Set(listed)].slice(0, MOST_SYMBOLS).sort();
}
