import { ScannerError } from '@fast-scanner/shared';

/** A server that is there answers its liveness check far sooner. */
const ANSWER_LIMIT_MS = 5000;

/**
 * Whether anything listens at a server's address; `false` when the connection is refused.
 * @throws ScannerError `unavailable` when that cannot be told
 * @throws the signal's reason
 */
export async function isListening(url: string, signal: AbortSignal): Promise<boolean> {
  const limit = AbortSignal.timeout(ANSWER_LIMIT_MS);
  try {
    const response = await fetch(new URL('/healthz', url), { signal: AbortSignal.any([signal, limit]) });
    await response.body?.cancel();
    return true;
  } catch (error) {
    signal.throwIfAborted();
    const cause = error instanceof Error ? error.cause : undefined;
    if (isRefusal(cause)) return false;
    const reason = limit.aborted ? `no answer within ${ANSWER_LIMIT_MS / 1000} s` : describe(cause ?? error);
    throw new ScannerError('unavailable', `cannot reach ${url}: ${reason}`);
  }
}

function isRefusal(cause: unknown): boolean {
  return cause instanceof Error && 'code' in cause && cause.code === 'ECONNREFUSED';
}

function describe(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
