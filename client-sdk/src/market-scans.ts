import type {
  CancelMarketJobResponse,
  MarketJobResponse,
  MarketJobsQuery,
  MarketJobsResponse,
  MarketScanEvents,
  MarketScanInput,
  MarketScanResultResponse,
  StartMarketScanResponse,
  StrategiesResponse,
  SweepInput,
  SweepResultResponse,
} from '@fast-scanner/shared';
import type { CallOptions } from './call-options.ts';
import type { Connection } from './connection.ts';
import type { HttpTransport } from './http-transport.ts';
import type { EventOf } from './job.ts';
import { MarketJobHandle, type MarketScan, type MarketSweep } from './market-scan.ts';
import { randomKey } from './random-key.ts';
import { toQuery } from './to-query.ts';

const PATH = '/market-scan';

/** Market scans and sweeps: started, followed and looked up. */
export class MarketScans {
  readonly #transports: { readonly http: HttpTransport; readonly connection: Connection };

  constructor(http: HttpTransport, connection: Connection) {
    this.#transports = { http, connection };
  }

  /**
   * Tests a strategy on every stock, in the background, and resolves as soon as that is accepted. Repeated by itself while the server cannot
   * be reached, without ever starting two.
   * @throws ScannerApiError the server's refusal: `not_found` for an unknown strategy, `invalid_input` for a parameter, `too_many_jobs`
   * @throws ScannerConnectionError when the server cannot be reached
   */
  async start(input: MarketScanInput, options?: CallOptions): Promise<MarketScan> {
    return this.scan(await this.#start('start', input, options));
  }

  /** Compares every combination of the listed values, see {@link start}; more than 200 of them are `invalid_input`. */
  async sweep(input: SweepInput, options?: CallOptions): Promise<MarketSweep> {
    const jobId = await this.#start('sweep', input, options);
    return new MarketJobHandle(jobId, { ...this.#transports, results: 'sweep' });
  }

  /** A handle on a scan that exists already. */
  scan(jobId: string): MarketScan {
    return new MarketJobHandle(jobId, { ...this.#transports, results: 'results' });
  }

  /** A scan or sweep as it stands, without its results. @throws ScannerApiError `not_found` */
  job(jobId: string, options?: CallOptions): Promise<MarketJobResponse> {
    return this.scan(jobId).snapshot(options);
  }

  /** The history, newest first. `next_cursor` of a page is the `cursor` of the next. */
  jobs(query: Partial<MarketJobsQuery> = {}, options?: CallOptions): Promise<MarketJobsResponse> {
    return this.#read(`jobs${toQuery(query)}`, options);
  }

  /**
   * What a completed scan came to.
   * @throws ScannerApiError `conflict` while it has not completed, and for a sweep; `not_found`; `gone` once it has been swept
   */
  result(jobId: string, options?: CallOptions): Promise<MarketScanResultResponse> {
    return this.#read(`results/${encodeURIComponent(jobId)}`, options);
  }

  /** The stocks of {@link result} as CSV: a line of names, then one for each stock. */
  resultCsv(jobId: string, options?: CallOptions): Promise<string> {
    return this.#readText(`results/${encodeURIComponent(jobId)}?format=csv`, options);
  }

  /** {@link result} as a page of HTML that needs nothing else. */
  report(jobId: string, options?: CallOptions): Promise<string> {
    return this.#readText(`results/${encodeURIComponent(jobId)}/report`, options);
  }

  /** What a completed sweep came to. @throws ScannerApiError as {@link result}; `conflict` for a scan */
  sweepResult(jobId: string, options?: CallOptions): Promise<SweepResultResponse> {
    return this.#read(`sweep/${encodeURIComponent(jobId)}`, options);
  }

  /** Ends a scan or sweep. Harmless when it has ended already. */
  cancel(jobId: string, options?: CallOptions): Promise<CancelMarketJobResponse> {
    return this.scan(jobId).cancel(options);
  }

  /** All events of a scan or sweep, see {@link MarketScan.events}; the last is `complete`, `sweepComplete`, `cancelled` or `failed`. */
  events(jobId: string, options?: CallOptions): AsyncGenerator<EventOf<MarketScanEvents>, void, undefined> {
    return this.scan(jobId).events(options);
  }

  /** The scan or sweep once it has ended, however it did, see {@link MarketScan.wait}. */
  wait(jobId: string, options?: CallOptions): Promise<MarketJobResponse> {
    return this.scan(jobId).wait(options);
  }

  /** The strategies with their parameters: defaults, ranges and what they mean. */
  strategies(options?: CallOptions): Promise<StrategiesResponse> {
    return this.#read('strategies', options);
  }

  async #start(path: string, body: object, { signal }: CallOptions = {}): Promise<string> {
    const { job_id } = await this.#transports.http.request<StartMarketScanResponse>(`${PATH}/${path}`, {
      method: 'POST',
      body,
      idempotencyKey: randomKey(),
      signal,
    });
    return job_id;
  }

  #read<Answer>(path: string, { signal }: CallOptions = {}): Promise<Answer> {
    return this.#transports.http.request(`${PATH}/${path}`, { signal });
  }

  #readText(path: string, { signal }: CallOptions = {}): Promise<string> {
    return this.#transports.http.text(`${PATH}/${path}`, { signal });
  }
}
