import { ScannerApiError } from './scanner-api-error.ts';
import { ScannerConnectionError } from './scanner-connection-error.ts';

/** What can go wrong with a call: the server refused it, or could not be reached. Both have a `code`, a `message` and a `requestId`. */
export type ClientError = ScannerApiError | ScannerConnectionError;

/** Anything thrown, as one of the two. */
export function toClientError(error: unknown): ClientError {
  if (error instanceof ScannerApiError || error instanceof ScannerConnectionError) return error;
  return new ScannerConnectionError(error instanceof Error ? error.message : String(error), error);
}

/** Whether the same call may succeed by itself a little later. */
export function isPassingError(error: ClientError): boolean {
  if (error instanceof ScannerConnectionError) return error.status === null || error.status >= 502;
  return error.code === 'unavailable' || error.code === 'too_many_requests';
}
