import { ScannerError } from '@fast-scanner/shared';
import type { Market } from '../../market-data/market-data-source.ts';
import type { MarketFeed } from '../../market-data/market-feed.ts';
import { STOCK_UNIVERSES } from '../../market-data/universes/stock-universes.ts';
import type { MarketScanInput, Universe } from './market-scan-record.ts';

/** The fund that stands for the whole market: what stocks are compared with, none of them. */
export const MARKET_FUND = 'SPY';

/** Quote currencies of coins; the first one the exchange has counts. */
const QUOTES = ['USDT', 'USDC', 'USD'] as const;

/**
 * The stocks of a market scan: those that were named, the list that was named, else every stock the source has, else, on a crypto
 * exchange, every coin against the dollar (spot before swaps).
 * @throws ScannerError the exchange's code when its listing cannot be read; `no_data` when there is nothing
 */
export async function resolveUniverse(
  feed: MarketFeed,
  { tickers, universe }: Pick<MarketScanInput, 'tickers' | 'universe'>,
  signal: AbortSignal,
): Promise<Universe> {
  if (tickers) return { name: 'the symbols named', asOf: null, tickers, caveats: [] };
  if (universe !== null) return fromList(universe);
  const { exchange, kind: source } = feed.dataSource;
  const markets = await feed.markets({ signal });
  // A recorded stock that is no longer traded has a past all the same.
  const listed = markets.filter(({ active }) => active || source === 'recorded');
  const stocks = listed.filter(({ kind, symbol }) => kind === 'stock' && symbol !== MARKET_FUND);
  const chosen = stocks.length > 0 ? stocks : coinsOf(listed);
  if (chosen.length === 0) {
    throw new ScannerError('no_data', `${exchange} lists no symbols; name some in "tickers" or a "universe"`);
  }
  const what = stocks.length > 0 ? 'stocks' : 'coins';
  return {
    name: `all ${what} of ${exchange}`,
    asOf: null,
    tickers: chosen.map(({ symbol }) => symbol),
    caveats: [
      `Survivorship bias: only ${what} that ${exchange} lists today are tested; those that failed before are not.`,
    ],
  };
}

function fromList(id: string): Universe {
  const list = STOCK_UNIVERSES.get(id);
  if (!list) throw new ScannerError('invalid_input', `there is no universe "${id}"`);
  const { title, asOf, members, caveat } = list;
  return { name: title, asOf, tickers: members.map(({ ticker }) => ticker), caveats: [caveat] };
}

function coinsOf(listed: readonly Market[]): readonly Market[] {
  const quote = QUOTES.find((one) => listed.some((market) => market.quote === one));
  const quoted = listed.filter((market) => market.quote === quote);
  const spot = quoted.filter(({ kind }) => kind === 'spot');
  return spot.length > 0 ? spot : quoted;
}
