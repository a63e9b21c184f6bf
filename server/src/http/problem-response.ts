import { ERROR_CODES, type ScannerError, toProblem } from '@fast-scanner/shared';
import type { ErrorRequestHandler, Request, Response } from 'express';
import type { Logger } from '../ops/logger.ts';
import { contextOf } from './request-context.ts';
import { toScannerError } from './to-scanner-error.ts';

/** Waiting time in Retry-After when the error itself knows none. */
const DEFAULT_RETRY_AFTER_MS = 2000;
const STATUSES_WITH_RETRY_AFTER: ReadonlySet<number> = new Set([429, 503, 507]);

/** Answers every failure as `application/problem+json`; what is no expected failure is logged and answered without details. */
export function createProblemHandler(logger: Logger): ErrorRequestHandler {
  return (error, request, response, _next) => {
    const failure = toScannerError(error);
    const { requestId } = contextOf(response);
    if (failure.code === 'internal') {
      logger.error({ err: error, requestId, method: request.method, path: request.path }, 'request failed');
    }
    if (response.headersSent) response.destroy();
    else sendProblem(request, response, failure);
  };
}

export function sendProblem(request: Request, response: Response, failure: ScannerError): void {
  const problem = toProblem(failure, contextOf(response).requestId, pathOf(request));
  response.status(problem.status).set('Cache-Control', 'no-store');
  if (failure.retryAfterMs !== null || STATUSES_WITH_RETRY_AFTER.has(problem.status)) {
    response.set('Retry-After', String(Math.ceil((failure.retryAfterMs ?? DEFAULT_RETRY_AFTER_MS) / 1000)));
  }
  if (problem.status === ERROR_CODES.unauthorized.status) response.set('WWW-Authenticate', 'Bearer');
  response.type('application/problem+json').send(JSON.stringify(problem));
}

function pathOf({ originalUrl }: Request): string {
  return (originalUrl.split('?')[0] ?? '').slice(0, 300);
}
