import type { ModelsQuery, ModelsResponse, TrainModelInput, TrainModelResponse } from '@fast-scanner/shared';
import type { CallOptions } from './call-options.ts';
import type { HttpTransport } from './http-transport.ts';
import { toQuery } from './to-query.ts';

/** The models that deep analyses predict with. */
export class Models {
  readonly #http: HttpTransport;

  constructor(http: HttpTransport) {
    this.#http = http;
  }

  /** What each has learned from, how it did out of sample, and what is done about it. */
  list(query: Partial<ModelsQuery> = {}, { signal }: CallOptions = {}): Promise<ModelsResponse> {
    return this.#http.request(`/api/models${toQuery(query)}`, { signal });
  }

  /**
   * Trains one now instead of when it is due; resolves when that is accepted. `predictionsReady` of the topic `scans` tells when the newest
   * scan holds what it says.
   * @throws ScannerApiError `conflict` while it is trained, or when no candle has closed since; `exchange_unknown`
   */
  train(input: TrainModelInput = {}, { signal }: CallOptions = {}): Promise<TrainModelResponse> {
    return this.#http.request('/api/models/train', { method: 'POST', body: input, signal });
  }
}
