import {
  lastClosedOpenTime,
  parseSymbol,
  ScannerError,
  type Timeframe,
  timeframeMs,
} from '@fast-scanner/shared';
import pLimit from 'p-limit';
import type { Market } from '../market-data-source.ts';
import { lastClosedSession } from '../sessions/nyse-sessions.ts';
import type { FilesListing } from './files-listing.ts';
import { nullWhenBroken } from './null-when-broken.ts';
import { type FileProbe, probeCandleFile } from './probe-candle-file.ts';
import type { PanelStock } from './stock-panel-parser.ts';
import type { StockPanels } from './stock-panels.ts';

const FILES_AT_ONCE = 4;
/** No exchange quotes finer than this. */
const MOST_DECIMALS = 12;

/** What there is to read. */
export interface Recordings {
  readonly listing: FilesListing;
  readonly panels: StockPanels;
}

/** One symbol and timeframe of which there are readable rows. */
export interface ProbedFile extends FileProbe {
  readonly symbol: string;
  readonly timeframe: Timeframe;
}

/**
 * Looks at both ends of every recording. Broken and empty files are left out: they say so when their candles are asked for.
 */
export async function probeRecordings(
  { listing, panels }: Recordings,
  signal: AbortSignal,
): Promise<readonly ProbedFile[]> {
  const limit = pLimit(FILES_AT_ONCE);
  const files = [...listing].flatMap(([symbol, byTimeframe]) =>
    [...byTimeframe].map(([timeframe, path]) => ({ symbol, timeframe, path })),
  );
  const probed = files.map(({ symbol, timeframe, path }) =>
    limit(async () => {
      const probe = await probeCandleFile(path, signal).catch(nullWhenBroken);
      return probe ? [{ symbol, timeframe, ...probe }] : [];
    }),
  );
  const { stocks } = await panels.read(signal);
  const ofPanels = [...stocks]
    .filter(([ticker]) => !listing.get(ticker)?.has('1d'))
    .flatMap(([ticker, stock]) => probeStock(ticker, stock));
  return [...(await Promise.all(probed)).flat(), ...ofPanels];
}

function probeStock(symbol: string, { candles, priceDecimals }: PanelStock): readonly ProbedFile[] {
  const times = candles.openTime.filter(Number.isFinite);
  const [firstOpenTime, lastOpenTime] = [times[0], times.at(-1)];
  if (firstOpenTime === undefined || lastOpenTime === undefined) return [];
  return [{ symbol, timeframe: '1d', firstOpenTime, lastOpenTime, priceDecimals }];
}

/** When the last candle of all files closes. @throws ScannerError `no_data` when there is none */
export function endOfData(files: readonly ProbedFile[]): number {
  const ends = files.map(({ lastOpenTime, timeframe }) => lastOpenTime + timeframeMs(timeframe));
  if (ends.length === 0)
    throw new ScannerError('no_data', 'None of the candle files in FILES_DIR has a readable row');
  return Math.max(...ends);
}

/** The markets of some symbols as they were at `nowMs`, in alphabetical order: trading when a file has the candle that closed last. */
export function createMarkets(
  symbols: readonly string[],
  files: readonly ProbedFile[],
  nowMs: number,
): readonly Market[] {
  const bySymbol = new Map<string, ProbedFile[]>(symbols.map((symbol) => [symbol, []]));
  for (const file of files) bySymbol.set(file.symbol, [...(bySymbol.get(file.symbol) ?? []), file]);
  return [...bySymbol].sort(bySymbolName).flatMap(([symbol, own]) => {
    const parsed = parseSymbol(symbol);
    if (!parsed) return [];
    const { base, quote, kind } = parsed;
    const active = own.some((file) => isTrading(file, kind, nowMs));
    return [{ symbol, base, quote, kind, active, tickSize: tickOf(own) }];
  });
}

function bySymbolName([left]: readonly [string, unknown], [right]: readonly [string, unknown]): number {
  return left < right ? -1 : 1;
}

function isTrading(
  { firstOpenTime, lastOpenTime, timeframe }: ProbedFile,
  kind: Market['kind'],
  nowMs: number,
): boolean {
  const isSession = kind === 'stock' && timeframe === '1d';
  const newestClosed = isSession ? lastClosedSession(nowMs) : lastClosedOpenTime(nowMs, timeframe);
  return firstOpenTime <= newestClosed && newestClosed <= lastOpenTime;
}

/** The step that the decimals of the prices show; `null` without rows, or when they are so many that they can only be rounding noise. */
function tickOf(files: readonly ProbedFile[]): number | null {
  const decimals = Math.max(...files.map((file) => file.priceDecimals));
  return decimals >= 0 && decimals <= MOST_DECIMALS ? Number(`1e-${decimals}`) : null;
}
