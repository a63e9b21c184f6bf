import {
  lastClosedOpenTime,
  parseSymbol,
  ScannerError,
  type Timeframe,
  timeframeMs,
} from '@fast-scanner/shared';
import pLimit from 'p-limit';
import type { Market } from '../market-data-source.ts';
import type { FilesListing } from './files-listing.ts';
import { nullWhenBroken } from './null-when-broken.ts';
import { type FileProbe, probeCandleFile } from './probe-candle-file.ts';

const FILES_AT_ONCE = 4;
/** No exchange quotes finer than this. */
const MOST_DECIMALS = 12;

/** One readable candle file with rows. */
export interface ProbedFile extends FileProbe {
  readonly symbol: string;
  readonly timeframe: Timeframe;
}

/** Looks at both ends of every file. Broken and empty ones are left out: they say so when their candles are asked for. */
export async function probeFiles(listing: FilesListing, signal: AbortSignal): Promise<readonly ProbedFile[]> {
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
  return (await Promise.all(probed)).flat();
}

/** When the last candle of all files closes. @throws ScannerError `no_data` when there is none */
export function endOfData(files: readonly ProbedFile[]): number {
  const ends = files.map(({ lastOpenTime, timeframe }) => lastOpenTime + timeframeMs(timeframe));
  if (ends.length === 0)
    throw new ScannerError('no_data', 'None of the candle files in FILES_DIR has a readable row');
  return Math.max(...ends);
}

/** The markets as they were at `nowMs`: trading when a file has the candle that closed last. */
export function createMarkets(
  listing: FilesListing,
  files: readonly ProbedFile[],
  nowMs: number,
): readonly Market[] {
  return [...listing.keys()].flatMap((symbol) => {
    const parsed = parseSymbol(symbol);
    if (!parsed) return [];
    const own = files.filter((file) => file.symbol === symbol);
    const { base, quote, kind } = parsed;
    return [
      {
        symbol,
        base,
        quote,
        kind,
        active: own.some((file) => isTrading(file, nowMs)),
        tickSize: tickOf(own),
      },
    ];
  });
}

function isTrading({ firstOpenTime, lastOpenTime, timeframe }: ProbedFile, nowMs: number): boolean {
  const newestClosed = lastClosedOpenTime(nowMs, timeframe);
  return firstOpenTime <= newestClosed && newestClosed <= lastOpenTime;
}

/** The step that the decimals of the prices show; `null` without rows, or when they are so many that they can only be rounding noise. */
function tickOf(files: readonly ProbedFile[]): number | null {
  const decimals = Math.max(...files.map((file) => file.priceDecimals));
  return decimals >= 0 && decimals <= MOST_DECIMALS ? Number(`1e-${decimals}`) : null;
}
