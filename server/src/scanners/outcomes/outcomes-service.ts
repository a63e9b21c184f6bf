import type {
  ReplaySignalResponse,
  ScorecardQuery,
  ScorecardResponse,
  SignalOutcomeKind,
  SignalsQuery,
  SignalsResponse,
  StoredSignalResponse,
} from '@fast-scanner/shared';

/** Every signal that was said, what became of it, and what that says of the scanner, as the windows see it. Failures are `ScannerError`. */
export interface OutcomesService {
  /** Newest candle first. @throws ScannerError `invalid_input` for a cursor that is none */
  signals(query: SignalsQuery): Promise<SignalsResponse>;
  /** @throws ScannerError `not_found` */
  signal(signalId: string): Promise<StoredSignalResponse>;
  /** Computes a signal again from its candles, and says whether it comes out equal. @throws ScannerError `not_found` */
  replaySignal(signalId: string): Promise<ReplaySignalResponse>;
  scorecard(query: ScorecardQuery): Promise<ScorecardResponse>;
  /** Outcomes that this process has found. */
  readonly settledCounts: Readonly<Record<SignalOutcomeKind, number>>;
}
