import { ScannerError } from '@fast-scanner/shared';
import type { RequestHandler } from 'express';
import { ipKeyGenerator, MemoryStore, rateLimit } from 'express-rate-limit';
import { contextOf } from '../request-context.ts';

const WINDOW_MS = 60_000;
export const DEFAULT_REQUESTS_PER_MINUTE = 600;

export interface RateLimiter {
  readonly handler: RequestHandler;
  close(): void;
}

/** Counts requests by token and address; all wrong tokens of an address share one count. */
export function createRateLimiter(requestsPerMinute: number): RateLimiter {
  const store = new MemoryStore();
  const handler = rateLimit({
    windowMs: WINDOW_MS,
    limit: requestsPerMinute,
    store,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    validate: false,
    keyGenerator: ({ ip = '' }, response) => `${contextOf(response).role ?? 'nobody'} ${ipKeyGenerator(ip)}`,
    handler: (request, _response, next) => {
      const { resetTime } = (request as typeof request & { rateLimit: { resetTime?: Date } }).rateLimit; // set by the library
      const retryAfterMs = Math.max(0, (resetTime?.getTime() ?? 0) - Date.now()); // the library counts in real time
      next(
        new ScannerError('too_many_requests', `more than ${requestsPerMinute} requests a minute`, {
          retryAfterMs,
        }),
      );
    },
  });
  return { handler, close: () => store.shutdown() };
}
