import { ScannerError } from '@fast-scanner/shared';

/** What everyone is told who comes while the process goes down. */
export function closedError(): ScannerError {
  return new ScannerError('unavailable', 'the server is shutting down');
}
