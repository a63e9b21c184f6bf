import type {
  CancelRunResponse,
  ModesResponse,
  RunDiffResponse,
  RunEvents,
  RunInput,
  RunResponse,
  RunsQueryInput,
  RunsResponse,
  RunTopicEvents,
  StartRunResponse,
} from '@fast-scanner/shared';
import type { CallOptions } from './call-options.ts';
import type { Connection } from './connection.ts';
import type { HttpTransport } from './http-transport.ts';
import type { EventOf } from './job.ts';
import { randomKey } from './random-key.ts';
import { Run } from './run.ts';
import { toQuery } from './to-query.ts';
import { TopicWatch } from './topic-watch.ts';
import type { WatchOptions } from './watch-options.ts';

export type RunUpdate = RunTopicEvents['runUpdated'];

const PATH = '/api/scanner/runs';

/** Scan runs: started, followed and looked up. */
export class Runs {
  readonly #transports: { readonly http: HttpTransport; readonly connection: Connection };
  readonly #watch: TopicWatch<EventOf<RunTopicEvents>>;

  constructor(http: HttpTransport, connection: Connection) {
    this.#transports = { http, connection };
    this.#watch = new TopicWatch(connection, 'runs');
  }

  /**
   * Starts a run in the background and resolves as soon as it is accepted. Repeated by itself while the server cannot be reached, without
   * ever starting two.
   * @throws ScannerApiError the server's refusal, such as `too_many_jobs`
   * @throws ScannerConnectionError when the server cannot be reached
   */
  async start(input: RunInput = {}, { signal }: CallOptions = {}): Promise<Run> {
    const { run_id } = await this.#transports.http.request<StartRunResponse>(PATH, {
      method: 'POST',
      body: input,
      idempotencyKey: randomKey(),
      signal,
    });
    return this.run(run_id);
  }

  /** A handle on a run that exists already. */
  run(runId: string): Run {
    return new Run(runId, this.#transports);
  }

  /**
   * A run as it stands; once it has ended, with what it found.
   * @throws ScannerApiError `not_found`; `gone`, with the run's summary, once what it found has been swept
   */
  get(runId: string, options?: CallOptions): Promise<RunResponse> {
    return this.run(runId).snapshot(options);
  }

  /** The history, newest first. `next_cursor` of a page is the `cursor` of the next. */
  list(query: RunsQueryInput = {}, options?: CallOptions): Promise<RunsResponse> {
    return this.#read(PATH + toQuery(query), options);
  }

  /** Ends a run. Harmless when it has ended already. */
  cancel(runId: string, options?: CallOptions): Promise<CancelRunResponse> {
    return this.run(runId).cancel(options);
  }

  /** All events of a run, see {@link Run.events}. */
  events(runId: string, options?: CallOptions): AsyncGenerator<EventOf<RunEvents>, void, undefined> {
    return this.run(runId).events(options);
  }

  /** The run once it has ended, however it did, see {@link Run.result}. */
  wait(runId: string, options?: CallOptions): Promise<RunResponse> {
    return this.run(runId).result(options);
  }

  /**
   * What changed from one run's signals to another's.
   * @throws ScannerApiError `conflict` while one of them has not ended; `gone` when the signals of one have been swept
   */
  diff(fromRunId: string, toRunId: string, options?: CallOptions): Promise<RunDiffResponse> {
    return this.#read(
      `${PATH}/${encodeURIComponent(fromRunId)}/diff/${encodeURIComponent(toRunId)}`,
      options,
    );
  }

  /** What the modes look at and what they let through. */
  modes(options?: CallOptions): Promise<ModesResponse> {
    return this.#read('/api/scanner/modes', options);
  }

  /**
   * Calls `listener` with the summary of every run that is queued, starts or ends from now on, until the returned function is called.
   * Nothing is missed while the connection is lost. To show a list that stays true: watch first, and ask for {@link list} when it is ready.
   */
  watch(listener: (update: RunUpdate) => void, options: WatchOptions = {}): () => void {
    return this.#watch.add({ ...options, filter: {}, onEvent: ({ type, ...update }) => listener(update) });
  }

  #read<Answer>(path: string, { signal }: CallOptions = {}): Promise<Answer> {
    return this.#transports.http.request(path, { signal });
  }
}
