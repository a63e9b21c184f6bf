import { ScannerError } from '@fast-scanner/shared';
import type { Market, Ticker } from '../../market-data/market-data-source.ts';
import type { MarketFeed } from '../../market-data/market-feed.ts';
import type { RunInput } from './run-record.ts';
import { categoryOf, type SymbolCategory } from './symbol-categories.ts';

export type SelectionRequest = Pick<RunInput, 'limit' | 'symbols' | 'categories'>;

export interface Selection {
  readonly symbols: readonly string[];
  /** What the caller should know of it; `null` when he got what he asked for. */
  readonly note: string | null;
}

/** Quote currencies of the markets to choose from; the first one that the exchange has counts. */
const QUOTES = ['USDT', 'USDC', 'USD'] as const;

/**
 * The symbols of a run: those that were named, else the most traded ones (24 h quote volume) of the categories that are on, each coin
 * once, spot before swaps. Symbols without a price are not traded and not chosen; a disabled category never fills up the rest.
 * @throws ScannerError the exchange's code when its listing or its tickers cannot be read; `no_data` when nothing is left
 */
export async function selectSymbols(
  feed: MarketFeed,
  { limit, symbols, categories }: SelectionRequest,
  signal: AbortSignal,
): Promise<Selection> {
  if (symbols) return { symbols, note: null };
  const { exchange } = feed.dataSource;
  const candidates = findCandidates(await feed.markets({ signal }), categories);
  const tickers = await feed.tickers(
    candidates.map(({ symbol }) => symbol),
    { signal },
  );
  const chosen = byVolume([...tickers.values()]).slice(0, limit);
  const wanted = categories.join(', ');
  if (chosen.length === 0) {
    const detail = `${exchange} trades nothing of ${wanted}; name some in "symbols" or switch another category on`;
    throw new ScannerError('no_data', detail);
  }
  const isShort = chosen.length < limit;
  const note = isShort
    ? `asked for ${limit} symbols, but ${exchange} has ${chosen.length} of ${wanted}`
    : null;
  return { symbols: chosen.map(({ symbol }) => symbol), note };
}

function findCandidates(listed: readonly Market[], categories: readonly SymbolCategory[]): readonly Market[] {
  const trading = listed.filter(({ active, kind }) => active && kind !== 'stock');
  const quote = QUOTES.find((one) => trading.some((market) => market.quote === one));
  const quoted = trading.filter((market) => market.quote === quote);
  const spot = quoted.filter(({ kind }) => kind === 'spot');
  return (spot.length > 0 ? spot : quoted).filter(({ base }) => {
    const category = categoryOf(base);
    return category !== null && categories.includes(category);
  });
}

/** Most traded first; those of unknown volume last, in the order of the listing. */
function byVolume(tickers: readonly Ticker[]): readonly Ticker[] {
  const volumeOf = ({ quoteVolume24h }: Ticker) => quoteVolume24h ?? -1;
  return tickers.toSorted((a, b) => volumeOf(b) - volumeOf(a));
}
