import { ScannerApiError } from '@fast-scanner/client';

/** Whether the server wants a token, or another one. */
export function isUnauthorized(error: unknown): boolean {
  return error instanceof ScannerApiError && error.code === 'unauthorized';
}
