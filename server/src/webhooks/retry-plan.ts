/** Attempts after which a delivery is given up. */
export const MAX_ATTEMPTS = 10;
const BASE_MS = 2000;
const CAP_MS = 600_000;
/** Longest wait that a receiver may ask for. */
const MOST_RETRY_AFTER_MS = 3_600_000;

/**
 * How long to wait before the next attempt, ms: anything up to 2 s after the first, up to twice as much after each further one, up to
 * 10 min; `null` when there is none. A receiver that names a time is not asked sooner. `attempts`: how many there were.
 * @see https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/ "Full Jitter"
 */
export function nextAttemptInMs(
  attempts: number,
  retryAfterMs: number | null,
  random: () => number,
): number | null {
  if (attempts >= MAX_ATTEMPTS) return null;
  const pauseMs = random() * Math.min(CAP_MS, BASE_MS * 2 ** (attempts - 1));
  return Math.max(pauseMs, Math.min(retryAfterMs ?? 0, MOST_RETRY_AFTER_MS));
}
