import type {
  ConfluenceQuery,
  ContinuousSignalsQuery,
  ContinuousSignalsResponse,
  ContinuousStatusResponse,
  MarketStateResponse,
  StartContinuousRequest,
  StartContinuousResponse,
  StopContinuousResponse,
  TimeframeConfluenceResponse,
  TrainingDataQuery,
  TrainingDataResponse,
} from '@fast-scanner/shared';

/** A file of training data. */
export interface TrainingFile {
  readonly bytes: Buffer;
  /** Safe as a file name everywhere. */
  readonly fileName: string;
  readonly contentType: string;
}

/** The continuous scanner as its windows see it. Failures are `ScannerError`. */
export interface ContinuousService {
  /**
   * Starts the loops; they go on after a restart of the process until somebody stops them.
   * @throws ScannerError `conflict` when it runs already, `exchange_unknown`, `no_data` when there is nothing to follow, the
   *   exchange's code when its listing cannot be read
   */
  start(request: StartContinuousRequest): Promise<StartContinuousResponse>;
  /** Harmless when it does not run. */
  stop(): Promise<StopContinuousResponse>;
  status(): Promise<ContinuousStatusResponse>;
  /** The newest signals, newest first, also of a scanner that was stopped. */
  signals(query: ContinuousSignalsQuery): Promise<ContinuousSignalsResponse>;
  /** @throws ScannerError `not_found` for a symbol that has no signal */
  confluence(symbol: string, query: ConfluenceQuery): Promise<TimeframeConfluenceResponse>;
  /** @throws ScannerError `not_found` before the first reading */
  marketState(): Promise<MarketStateResponse>;
  /** @throws ScannerError `not_found` without data of the symbol */
  trainingData(symbol: string, query: TrainingDataQuery): Promise<TrainingDataResponse>;
  /** The candles of one timeframe as Parquet. @throws ScannerError as `trainingData` */
  trainingFile(symbol: string, query: TrainingDataQuery): Promise<TrainingFile>;
}

/** Stream of everything the continuous scanner tells. */
export const CONTINUOUS_TOPIC_STREAM = 'topic:continuous';
