import type { WebhooksInput, WebhooksResponse, WebhookTestResponse } from '@fast-scanner/shared';
import type { CallOptions } from './call-options.ts';
import type { HttpTransport } from './http-transport.ts';

const PATH = '/api/scanner/webhooks';

/** Where alerts are sent. */
export class Webhooks {
  readonly #http: HttpTransport;

  constructor(http: HttpTransport) {
    this.#http = http;
  }

  /** Each with how its deliveries fare; secrets are never told. */
  list({ signal }: CallOptions = {}): Promise<WebhooksResponse> {
    return this.#http.request(PATH, { signal });
  }

  /** Replaces all. Those that stay go on where they were and keep a secret that is not given again. @throws ScannerApiError `invalid_input` */
  update(webhooks: WebhooksInput, { signal }: CallOptions = {}): Promise<WebhooksResponse> {
    return this.#http.request(PATH, { method: 'PUT', body: { webhooks }, signal });
  }

  /** Sends a test delivery, once, and resolves with how it fared. @throws ScannerApiError `not_found` */
  test(id: string, { signal }: CallOptions = {}): Promise<WebhookTestResponse> {
    return this.#http.request(`${PATH}/${encodeURIComponent(id)}/test`, { method: 'POST', signal });
  }
}
