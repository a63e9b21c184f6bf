import type { Dirent } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { ScannerError, TIMEFRAMES, type Timeframe } from '@fast-scanner/shared';
import { symbolFromFileName } from './symbol-from-file-name.ts';

/** Which candle files there are: symbol → timeframe → path. Requests are looked up here, so that no path is ever made of one. */
export type FilesListing = ReadonlyMap<string, ReadonlyMap<Timeframe, string>>;

const CANDLE_FILE = /^(.+)\.csv(?:\.gz)?$/;

/**
 * Lists `<timeframe>/<SYMBOL>.csv[.gz]` under the directory, symbols in alphabetical order. Other files and folders are ignored.
 * @throws ScannerError `exchange_unavailable` when the directory cannot be read, `bad_data` when two files are about the same symbol and
 * timeframe
 */
export async function readFilesListing(directory: string): Promise<FilesListing> {
  const folders = await readFolder(directory);
  const present = TIMEFRAMES.filter((timeframe) =>
    folders.some((entry) => entry.name === timeframe && !entry.isFile()),
  );
  const listing = new Map<string, Map<Timeframe, string>>();
  for (const timeframe of present) {
    for (const { name } of await readFolder(join(directory, timeframe))) {
      const symbol = symbolFromFileName(CANDLE_FILE.exec(name)?.[1] ?? '');
      if (symbol === null) continue;
      const files = listing.get(symbol) ?? new Map<Timeframe, string>();
      if (files.has(timeframe))
        throw new ScannerError('bad_data', `FILES_DIR has two ${timeframe} files of ${symbol}`);
      listing.set(symbol, files.set(timeframe, join(directory, timeframe, name)));
    }
  }
  return new Map([...listing].sort(([left], [right]) => (left < right ? -1 : 1)));
}

async function readFolder(path: string): Promise<readonly Dirent[]> {
  try {
    return await readdir(path, { withFileTypes: true });
  } catch (cause) {
    throw new ScannerError('exchange_unavailable', 'FILES_DIR is not a readable folder of recorded candles', {
      cause,
    });
  }
}
