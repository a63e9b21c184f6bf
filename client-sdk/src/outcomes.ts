import type {
  ReplaySignalResponse,
  ScorecardQuery,
  ScorecardResponse,
  SignalsQuery,
  SignalsResponse,
  StoredSignalResponse,
} from '@fast-scanner/shared';
import type { CallOptions } from './call-options.ts';
import type { HttpTransport } from './http-transport.ts';
import { toQuery } from './to-query.ts';

/** What became of every signal, and what that says of the scanner. */
export class Outcomes {
  readonly #http: HttpTransport;

  constructor(http: HttpTransport) {
    this.#http = http;
  }

  /** Hit rates, returns and predictions held against what happened; figures that too few signals stand behind are `null`. */
  scorecard(query: ScorecardQuery = {}, { signal }: CallOptions = {}): Promise<ScorecardResponse> {
    return this.#http.request(`/api/scorecard${toQuery(query)}`, { signal });
  }

  /** Signals of scans, runs, the continuous scanner and replays with their outcomes, newest candle first. */
  signals(query: Partial<SignalsQuery> = {}, { signal }: CallOptions = {}): Promise<SignalsResponse> {
    return this.#http.request(`/api/signals${toQuery(query)}`, { signal });
  }

  /** @throws ScannerApiError `not_found` */
  signal(signalId: string, { signal }: CallOptions = {}): Promise<StoredSignalResponse> {
    return this.#http.request(`/api/signals/${encodeURIComponent(signalId)}`, { signal });
  }

  /**
   * Computes a signal again from its candles, and says whether it comes out equal.
   * @throws ScannerApiError `not_found`
   */
  replay(signalId: string, { signal }: CallOptions = {}): Promise<ReplaySignalResponse> {
    const path = `/api/signals/${encodeURIComponent(signalId)}/replay`;
    return this.#http.request(path, { method: 'POST', signal });
  }
}
