import { findRecordings } from '../../market-data/files/find-recordings.ts';
import { RecordedCandles } from '../../market-data/files/recorded-candles.ts';
import { createMarkets, endOfData, probeRecordings } from '../../market-data/files/recorded-markets.ts';
import type { RecordedData } from './replay-plan.ts';
import { type RecordingRequest, readSymbolRecording, type SymbolRecording } from './symbol-recording.ts';

/** A folder of recorded candles, as far as its clock has come. */
export interface RecordedFolder extends RecordedData {
  /** Reads all there is of a symbol. Nothing of it is kept here. @throws ScannerError `symbol_unknown` */
  read(request: Omit<RecordingRequest, 'files'>): Promise<SymbolRecording>;
}

/**
 * Looks at every recording of a folder. `asOf` is where the clock of the exchange `files` is set to, `null` for the end of the data.
 * @throws ScannerError `exchange_unavailable` when the folder cannot be read, `no_data` when it has no candles
 */
export async function openRecordedFolder(
  directory: string,
  asOf: number | null,
  signal: AbortSignal,
): Promise<RecordedFolder> {
  const recordings = await findRecordings(directory);
  const files = await probeRecordings(recordings, signal);
  const names = [...new Set([...recordings.listing.keys(), ...files.map(({ symbol }) => symbol)])];
  const end = asOf ?? endOfData(files);
  return {
    symbols: createMarkets(names, files, end).map(({ symbol }) => symbol),
    files,
    endOfData: end,
    read: (request) => readSymbolRecording(new RecordedCandles(recordings), { ...request, files }),
  };
}
