import { type CandleColumns, type ErrorCode, ScannerError, type Timeframe } from '@fast-scanner/shared';
import type { CandleRecordings } from '../../market-data/files/candle-recordings.ts';
import type { ProbedFile } from '../../market-data/files/recorded-markets.ts';
import { toSharedColumns } from '../../market-data/shared-columns.ts';

/** Why there are no candles of a timeframe, in a form that can travel between threads. */
export interface MissingCandles {
  readonly code: ErrorCode;
  readonly detail: string;
}

/** Everything recorded of one symbol, past and future, in memory that threads share. */
export interface SymbolRecording {
  readonly symbol: string;
  /** The timeframes that have a recording of their own, shortest first. */
  readonly recorded: readonly Timeframe[];
  /** Rows as they were recorded, of every timeframe that was recorded or asked for. */
  readonly candles: ReadonlyMap<Timeframe, CandleColumns | MissingCandles>;
  /** What a look at its recordings told. */
  readonly files: readonly ProbedFile[];
}

export interface RecordingRequest {
  readonly symbol: string;
  /** Read beside the recorded ones; made of shorter candles where they have no recording. */
  readonly timeframes: readonly Timeframe[];
  /** Of all symbols. */
  readonly files: readonly ProbedFile[];
  readonly signal: AbortSignal;
}

/** Reads all there is of a symbol. @throws ScannerError `symbol_unknown` @throws the signal's reason */
export async function readSymbolRecording(
  recordings: CandleRecordings,
  { symbol, timeframes, files, signal }: RecordingRequest,
): Promise<SymbolRecording> {
  const recorded = await recordings.timeframes(symbol, signal);
  const candles = new Map<Timeframe, CandleColumns | MissingCandles>();
  for (const timeframe of new Set([...recorded, ...timeframes])) {
    const read = recordings.all(symbol, timeframe, signal).then(toSharedColumns);
    candles.set(timeframe, await read.catch(toMissing));
    signal.throwIfAborted();
  }
  return { symbol, recorded, candles, files: files.filter((file) => file.symbol === symbol) };
}

export function isMissing(candles: CandleColumns | MissingCandles): candles is MissingCandles {
  return 'code' in candles;
}

function toMissing(error: unknown): MissingCandles {
  if (error instanceof ScannerError) return { code: error.code, detail: error.message };
  throw error;
}
