import { ScannerError } from '@fast-scanner/shared';

const NO_SPACE: readonly string[] = ['ENOSPC', 'EDQUOT'];

/** What an error of the file system means to the callers of the training data; any other error is a bug and comes back unchanged. */
export function toTrainingError(error: unknown): unknown {
  if (error instanceof ScannerError || !(error instanceof Error)) return error;
  const code = fileSystemCode(error);
  if (code === '') return error;
  if (NO_SPACE.includes(code))
    return new ScannerError('disk_full', 'the disk is full: the training data were not written', {
      cause: error,
    });
  return new ScannerError('unavailable', `the training data cannot be used: ${error.message}`, {
    cause: error,
    retryAfterMs: 1000,
  });
}

export function isMissing(error: unknown): boolean {
  return error instanceof Error && fileSystemCode(error) === 'ENOENT';
}

/** Such as `ENOSPC`; empty for any other error. */
function fileSystemCode(error: Error): string {
  return 'syscall' in error && 'code' in error ? String(error.code) : '';
}
