import type { QuickScanInput, ScannerClient, Timeframe } from '@fast-scanner/client';
import { STOCK_TIMEFRAMES } from '../../format/timeframes.ts';

export const UNIVERSES = ['default', 'all', 'own'] as const;
/** `default`: the first symbols of the server's universe. `all`: every symbol of the exchange. `own`: those that are named. */
export type Universe = (typeof UNIVERSES)[number];

/** What the form says is to be scanned. */
export interface ScanChoice {
  /** Empty: the server's default. */
  readonly exchange: string;
  readonly timeframe: Timeframe;
  readonly universe: Universe;
  /** Of the default universe. */
  readonly limit: number;
  readonly symbols: readonly string[];
}

/** The server takes no more in one scan. */
export const MOST_SYMBOLS = 500;
const MOST_LISTED = 5_000;

/** The choice as the server wants it; for the whole exchange its symbols are asked for first. */
export async function toScanInput(choice: ScanChoice, client: ScannerClient): Promise<QuickScanInput> {
  const { exchange, timeframe, universe, limit, symbols } = choice;
  const where = { timeframe, ...(exchange === '' ? {} : { exchange }) };
  switch (universe) {
    case 'default':
      return { ...where, limit };
    case 'own':
      return { ...where, symbols: [...symbols] };
    case 'all':
      return { ...where, symbols: await allSymbols(choice, client) };
  }
}

/** Those that have candles of the timeframe: stocks have none below a day. */
async function allSymbols(
  { exchange, timeframe }: ScanChoice,
  { markets }: ScannerClient,
): Promise<string[]> {
  const query = { limit: MOST_LISTED, ...(exchange === '' ? {} : { exchange }) };
  const { symbols } = await markets.symbols(query);
  return symbols
    .filter(({ active, kind }) => active && (kind !== 'stock' || STOCK_TIMEFRAMES.includes(timeframe)))
    .slice(0, MOST_SYMBOLS)
    .map(({ symbol }) => symbol);
}
