import type {
  ConfluenceQuery,
  ContinuousEvents,
  ContinuousSignalsQueryInput,
  ContinuousSignalsResponse,
  ContinuousStatusResponse,
  MarketStateResponse,
  StartContinuousInput,
  StartContinuousResponse,
  StopContinuousResponse,
  TimeframeConfluenceResponse,
  TrainingDataQuery,
  TrainingDataResponse,
} from '@fast-scanner/shared';
import type { CallOptions } from './call-options.ts';
import type { Connection } from './connection.ts';
import type { HttpTransport } from './http-transport.ts';
import type { EventOf } from './job.ts';
import { toQuery } from './to-query.ts';
import type { TopicFilter } from './topic-filter.ts';
import { TopicWatch } from './topic-watch.ts';
import type { WatchOptions } from './watch-options.ts';

/** What the continuous scanner tells: a signal, a reading of the market, or a change of its own state. */
export type ContinuousEvent = EventOf<ContinuousEvents>;

export type TrainingDataOptions = Partial<Pick<TrainingDataQuery, 'days' | 'exchange'>>;
/** Whose candles. */
export type TrainingFileOptions = TrainingDataOptions & Required<Pick<TrainingDataQuery, 'timeframe'>>;

/** Which signals are told; market states and changes of the scanner's own state always are. */
export interface WatchContinuousOptions extends TopicFilter, WatchOptions {}

const PATH = '/api/scanner/continuous';

/** The continuous scanner: started, stopped, asked and watched. */
export class Continuous {
  readonly #http: HttpTransport;
  readonly #watch: TopicWatch<ContinuousEvent>;

  constructor(http: HttpTransport, connection: Connection) {
    this.#http = http;
    this.#watch = new TopicWatch(connection, 'continuous');
  }

  /**
   * Starts it; it goes on, also across restarts of the server, until it is stopped.
   * @throws ScannerApiError `conflict` when it runs already; `exchange_unknown`; `no_data` when there is nothing to follow
   * @throws ScannerConnectionError when the server cannot be reached
   */
  start(input: StartContinuousInput = {}, { signal }: CallOptions = {}): Promise<StartContinuousResponse> {
    return this.#http.request(`${PATH}/start`, { method: 'POST', body: input, signal });
  }

  /** Harmless when it does not run. */
  stop({ signal }: CallOptions = {}): Promise<StopContinuousResponse> {
    return this.#http.request(`${PATH}/stop`, { method: 'POST', signal });
  }

  /** Whether it runs, what it follows and how each of its streams fares. */
  status(options?: CallOptions): Promise<ContinuousStatusResponse> {
    return this.#read(`${PATH}/status`, options);
  }

  /** The newest signals, newest first, also of a scanner that was stopped. */
  signals(
    query: ContinuousSignalsQueryInput = {},
    options?: CallOptions,
  ): Promise<ContinuousSignalsResponse> {
    return this.#read(`${PATH}/signals${toQuery(query)}`, options);
  }

  /** Whether the timeframes of a symbol agree. @throws ScannerApiError `not_found` for a symbol that has no signal */
  confluence(
    symbol: string,
    query: Partial<ConfluenceQuery> = {},
    options?: CallOptions,
  ): Promise<TimeframeConfluenceResponse> {
    return this.#read(`${PATH}/confluence/${encodeURIComponent(symbol)}${toQuery(query)}`, options);
  }

  /** Breadth and volatility as last read. @throws ScannerApiError `not_found` before the first reading */
  marketState(options?: CallOptions): Promise<MarketStateResponse> {
    return this.#read(`${PATH}/market-state`, options);
  }

  /** What was collected of a symbol, everything oldest first. @throws ScannerApiError `not_found` when that is nothing */
  trainingData(
    symbol: string,
    query: TrainingDataOptions = {},
    options?: CallOptions,
  ): Promise<TrainingDataResponse> {
    return this.#read(trainingPath(symbol, query), options);
  }

  /** The candles of one timeframe as a Parquet file. @throws ScannerApiError as {@link trainingData} */
  trainingFile(
    symbol: string,
    query: TrainingFileOptions,
    { signal }: CallOptions = {},
  ): Promise<Uint8Array<ArrayBuffer>> {
    return this.#http.bytes(trainingPath(symbol, { ...query, format: 'parquet' }), { signal });
  }

  /**
   * Calls `listener` with everything that is told from now on and wanted, until the returned function is called. Nothing is missed while the
   * connection is lost. To show a list that stays true: watch first, and ask for {@link signals} when it is ready.
   */
  watch(
    listener: (event: ContinuousEvent) => void,
    { onEnd, onReady, onGap, ...filter }: WatchContinuousOptions = {},
  ): () => void {
    return this.#watch.add({ filter, onEvent: listener, onReady, onGap, onEnd });
  }

  #read<Answer>(path: string, { signal }: CallOptions = {}): Promise<Answer> {
    return this.#http.request(path, { signal });
  }
}

function trainingPath(symbol: string, query: object): string {
  return `/api/scanner/training-data/${encodeURIComponent(symbol)}${toQuery(query)}`;
}
