/** The server could not be reached, or what answered was not a Fast Scanner. */
export class ScannerConnectionError extends Error {
  /** Tells it from the codes of the server. */
  readonly code = 'unreachable';
  /** HTTP status of an answer that made no sense; `null` when there was no whole answer. */
  readonly status: number | null;
  /** Empty: the server has not said anything. */
  readonly requestId = '';
  /** As little is left of a record. */
  readonly summary = null;

  constructor(message: string, cause?: unknown, status: number | null = null) {
    super(message, { cause });
    this.name = 'ScannerConnectionError';
    this.status = status;
  }
}
