import type { AckError, ErrorCode, Problem } from '@fast-scanner/shared';

/** The server refused or failed a request and said why. */
export class ScannerApiError extends Error {
  /** One of the documented error codes. */
  readonly code: ErrorCode;
  /** HTTP status; `null` when the answer came over the socket. */
  readonly status: number | null;
  /** Quote it when you report a problem. Empty when the client found out by itself. */
  readonly requestId: string;
  /** How long to wait before trying again, when the server said. */
  readonly retryAfterMs: number | null;
  /** With `gone`: what is left of the record, such as the `RunSummary` of a run; else `null`. */
  readonly summary: Readonly<Record<string, unknown>> | null;
  /** The whole answer, with pointers to the offending fields. */
  readonly problem: AckError | Problem;

  constructor(problem: AckError | Problem) {
    super(problem.detail);
    this.name = 'ScannerApiError';
    this.code = problem.code;
    this.status = 'status' in problem ? problem.status : null;
    this.requestId = problem.requestId;
    this.retryAfterMs = problem.retryAfterMs ?? null;
    this.summary = problem.summary ?? null;
    this.problem = problem;
  }
}
