import { ScannerError } from '@fast-scanner/shared';

/** For `catch`: one broken file is no reason to refuse what the others say. Any other error goes on. */
export function nullWhenBroken(error: unknown): null {
  if (error instanceof ScannerError && error.code === 'bad_data') return null;
  throw error;
}
