import type { ErrorCode, Timeframe } from '@fast-scanner/shared';
import type { SignalRecord } from '../../store/signal-record.ts';
import type { ModelAnswer } from '../common/model-source.ts';
import type { SymbolRecording } from './symbol-recording.ts';

/** Some successive moments of a symbol. Times are epoch ms UTC. */
export interface ReplayTask {
  readonly recording: SymbolRecording;
  readonly timeframe: Timeframe;
  /** The first moment, a close of a candle of the timeframe. */
  readonly firstAt: number;
  /** From one moment to the next: a whole number of candles. */
  readonly stepMs: number;
  readonly steps: number;
  /** Candles that closed before this are not looked at for signals. */
  readonly from: number;
  /** Where the recorded future ends, for outcomes. */
  readonly endOfData: number;
  readonly recordedAt: number;
  /** What these moments are predicted with. */
  readonly prediction: ModelAnswer;
}

/** Steps that went wrong for the same reason. */
export interface StepFailure {
  readonly code: ErrorCode;
  /** Of the first of them. */
  readonly detail: string;
  readonly steps: number;
  /** Whether a signal was made all the same, without a deep analysis. */
  readonly hasSignal: boolean;
}

export interface ReplayAnswer {
  /** In order of time; with an outcome when the recorded future tells it. */
  readonly signals: readonly SignalRecord[];
  readonly failures: readonly StepFailure[];
  /** Steps without a new candle, such as a stock's at a weekend. */
  readonly paused: number;
}
