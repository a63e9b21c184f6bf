import { ScannerError } from '@fast-scanner/shared';

/**
 * What follows a failed call. `backoff`: another try after a random pause. `block`: the whole exchange rests, then another try.
 * `give up`: trying again cannot help.
 */
export type RetryClass = 'backoff' | 'block' | 'give up';

const MAX_ATTEMPTS = 5;
const BACKOFF_BASE_MS = 500;
const BACKOFF_CAP_MS = 10_000;

/** The retry class of an error. */
export function retryClassOf(error: unknown): RetryClass {
  if (!(error instanceof ScannerError)) return 'give up';
  switch (error.code) {
    case 'exchange_timeout':
    case 'exchange_unavailable':
    case 'exchange_bad_response':
      return 'backoff';
    case 'rate_limited':
    case 'exchange_banned':
    case 'exchange_maintenance':
      return 'block';
    default:
      return 'give up';
  }
}

/** Pause before the next try in ms, or `null` when there is none. `attempt` counts from 1. */
export function pauseAfter(error: unknown, attempt: number, random: () => number): number | null {
  const retryClass = retryClassOf(error);
  if (retryClass === 'give up' || attempt >= MAX_ATTEMPTS) return null;
  return retryClass === 'block' ? 0 : fullJitter(attempt, random);
}

/** @see https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/ "Full Jitter" */
function fullJitter(attempt: number, random: () => number): number {
  return random() * Math.min(BACKOFF_CAP_MS, BACKOFF_BASE_MS * 2 ** (attempt - 1));
}
