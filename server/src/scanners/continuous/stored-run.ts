import type { Clock, StartContinuousRequest } from '@fast-scanner/shared';
import type { MarketFeed, MarketFeeds } from '../../market-data/market-feed.ts';
import { resolveUniverse } from '../common/universe.ts';

/** What is remembered of a scanner that runs. */
export interface StoredRun {
  readonly request: StartContinuousRequest;
  /** By exchange. */
  readonly symbols: Readonly<Record<string, readonly string[]>>;
  readonly startedAt: number;
}

export interface ResolveRunOptions {
  readonly feeds: MarketFeeds;
  readonly clock: Clock;
  /** `UNIVERSE` of the configuration. */
  readonly universe: readonly string[] | null;
  readonly signal: AbortSignal;
}

/** Symbols of the default universe, per exchange. */
const DEFAULT_SYMBOLS = 20;

/**
 * What a request stands for on the exchanges as they are now.
 * @throws ScannerError `exchange_unknown`, `no_data` when there is nothing to follow, the exchange's code when its listing cannot be read
 */
export async function resolveRun(
  request: StartContinuousRequest,
  options: ResolveRunOptions,
): Promise<StoredRun> {
  const { feeds, clock } = options;
  const exchanges = [...new Set(request.exchanges ?? [feeds.defaultExchange])];
  const symbols: Record<string, readonly string[]> = {};
  for (const exchange of exchanges)
    symbols[exchange] = await symbolsOf(await feeds.get(exchange), request, options);
  return { request, symbols, startedAt: clock.now() };
}

async function symbolsOf(
  feed: MarketFeed,
  { symbols }: StartContinuousRequest,
  { universe: configured, signal }: ResolveRunOptions,
): Promise<readonly string[]> {
  if (symbols) return [...new Set(symbols)];
  const limit = configured?.length ?? DEFAULT_SYMBOLS;
  return resolveUniverse(feed, { configured, limit, isRetired: () => false, signal });
}
