import { randomUUID } from 'node:crypto';
import type { Clock } from '@fast-scanner/shared';
import type { RequestHandler, Response } from 'express';
import type { Logger } from '../../ops/logger.ts';
import type { Metrics } from '../../ops/metrics.ts';
import { contextOf, setContext } from '../request-context.ts';

export interface RequestTrackerOptions {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly metrics: Metrics;
}

/** Names every request, measures it and knows which are still being answered. */
export class RequestTracker {
  readonly #options: RequestTrackerOptions;
  readonly #active = new Set<Response>();

  constructor(options: RequestTrackerOptions) {
    this.#options = options;
  }

  readonly handler: RequestHandler = (request, response, next) => {
    const { clock } = this.#options;
    const requestId = toRequestId(request.headers['x-request-id']);
    setContext(response, { requestId, route: 'unmatched', role: null });
    response.set('X-Request-Id', requestId);
    const startedAt = clock.monotonic();
    this.#active.add(response);
    response.once('close', () => {
      this.#active.delete(response);
      this.#report(request.method, response, clock.monotonic() - startedAt);
    });
    next();
  };

  /** Waits until all requests are answered, each on a connection that closes behind it. */
  async finish(): Promise<void> {
    await Promise.all(
      [...this.#active].map((response) => {
        if (!response.headersSent) response.set('Connection', 'close');
        return new Promise((resolve) => response.once('close', resolve));
      }),
    );
  }

  #report(method: string, response: Response, durationMs: number): void {
    const { logger, metrics } = this.#options;
    const { requestId, route } = contextOf(response);
    const status = String(response.statusCode);
    metrics.httpRequests.observe({ method, route, status }, durationMs / 1000);
    logger.debug({ requestId, method, route, status, durationMs }, 'request answered');
  }
}

/** The caller's own id when it is harmless, so that logs of both sides can be joined. */
function toRequestId(header: string | string[] | undefined): string {
  return typeof header === 'string' && /^[\w.-]{1,64}$/.test(header) ? header : randomUUID();
}
