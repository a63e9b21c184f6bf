import type { WebhooksRequest, WebhooksResponse, WebhookTestResponse } from '@fast-scanner/shared';

/** The webhooks as their window sees them. Failures are `ScannerError`. */
export interface WebhooksService {
  list(): Promise<WebhooksResponse>;
  /**
   * Replaces all webhooks. One that stays goes on where it was; a new one, or one that is switched on, begins with the next alert.
   * @throws ScannerError `invalid_input` for an address that may not be called or a rule that does not exist; `disk_full`
   */
  replace(request: WebhooksRequest): Promise<WebhooksResponse>;
  /** Sends a test delivery, once, and says how it fared; nothing of it is counted. @throws ScannerError `not_found`, `unavailable` */
  test(id: string): Promise<WebhookTestResponse>;
}
