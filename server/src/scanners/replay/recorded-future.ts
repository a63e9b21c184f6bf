import { type CandleColumns, ScannerError, type SignalOutcome, toIsoTime } from '@fast-scanner/shared';
import type { JudgedOutcome } from '../../analysis/outcomes/judged-signal.ts';
import { labelOutcome, unknownOutcome } from '../../analysis/outcomes/label-outcome.ts';
import { isOverdue } from '../../analysis/outcomes/outcome-patience.ts';
import { cleanHistory } from '../../market-data/clean-history.ts';
import type { SignalRecord } from '../../store/signal-record.ts';
import { isMissing, type SymbolRecording } from './symbol-recording.ts';

/** The candles of a symbol that decide what became of its signals, as far as they are recorded. */
export class RecordedFuture {
  readonly #endOfData: number;
  /** Or why they are too broken to tell anything. */
  readonly #candles: CandleColumns | string;

  constructor(recording: SymbolRecording, timeframe: SignalRecord['timeframe'], endOfData: number) {
    this.#endOfData = endOfData;
    this.#candles = readCandles(recording, timeframe, endOfData);
  }

  /**
   * What became of a signal, as a server says it whose clock stands where the data end; `null` while it is not recorded. It counts as
   * settled when it was due.
   */
  outcomeOf(signal: SignalRecord): SignalOutcome | null {
    const isFinal = isOverdue(signal, this.#endOfData);
    const judged = this.#judge(signal, isFinal);
    return judged && { ...judged, settledAt: toIsoTime(signal.dueAt) };
  }

  #judge(signal: SignalRecord, isFinal: boolean): JudgedOutcome | null {
    if (typeof this.#candles !== 'string') return labelOutcome(signal, this.#candles, { isFinal });
    return isFinal ? unknownOutcome(this.#candles) : null;
  }
}

function readCandles(
  { symbol, candles }: SymbolRecording,
  timeframe: SignalRecord['timeframe'],
  endOfData: number,
): CandleColumns | string {
  const columns = candles.get(timeframe);
  if (!columns || isMissing(columns)) return columns?.detail ?? `no ${timeframe} candles of ${symbol}`;
  try {
    return cleanHistory(columns, { symbol, timeframe, from: 0, to: endOfData, nowMs: endOfData }).candles;
  } catch (error) {
    if (error instanceof ScannerError) return error.message;
    throw error;
  }
}
