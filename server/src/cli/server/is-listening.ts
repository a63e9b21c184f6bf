import { ScannerError } from '@fast-scanner/shared';

export interface IsListeningOptions {
  readonly signal: AbortSignal;
  /** A server that is there answers its liveness check far sooner. Default 5,000. */
  readonly limitMs?: number;
}

/**
 * Whether anything listens at a server's address; `false` when the connection is refused.
 * @throws ScannerError `unavailable` when that cannot be told
 * @throws the signal's reason
 */
export async function isListening(
  url: string,
  { signal, limitMs = 5000 }: IsListeningOptions,
): Promise<boolean> {
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(), limitMs);
  try {
    const response = await fetch(new URL('/healthz', url), {
      signal: AbortSignal.any([signal, limit.signal]),
    });
    await response.body?.cancel();
    return true;
  } catch (error) {
    signal.throwIfAborted();
    const cause = error instanceof Error ? error.cause : undefined;
    if (isRefusal(cause)) return false;
    const reason = limit.signal.aborted ? `no answer within ${limitMs / 1000} s` : describe(cause ?? error);
    throw new ScannerError('unavailable', `cannot reach ${url}: ${reason}`);
  } finally {
    clearTimeout(timer);
  }
}

function isRefusal(cause: unknown): boolean {
  return cause instanceof Error && 'code' in cause && cause.code === 'ECONNREFUSED';
}

function describe(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
