import {
  createGovernor,
  type Governor,
  type GovernorOptions,
} from '@fast-scanner/server/market-data/governor/create-governor.ts';
import { type ErrorCode, ScannerError, sleep } from '@fast-scanner/shared';
import { FakeClock } from '../../../support/fake-clock.ts';

export interface GovernorHarness {
  readonly clock: FakeClock;
  readonly governor: Governor;
  /** Monotonic start time of every request. */
  readonly starts: number[];
  /** Most requests that ran at once. */
  readonly maxInFlight: () => number;
  /** What the next requests end with, in order: an error, or `null` for an answer. The last one is repeated. */
  answer(...outcomes: (Error | null)[]): void;
  /** Sends one governed request that takes `durationMs`. */
  ask(options?: { readonly signal?: AbortSignal; readonly durationMs?: number }): Promise<string>;
}

/** A governor on a fake clock before a scripted exchange. Half of every backoff's ceiling is its pause. */
export function governorHarness(options: Partial<GovernorOptions> = {}): GovernorHarness {
  const clock = new FakeClock();
  const starts: number[] = [];
  let outcomes: (Error | null)[] = [null];
  let inFlight = 0;
  let maxInFlight = 0;
  const governor = createGovernor({
    exchangeId: 'testex',
    clock,
    maxConcurrency: 5,
    maxRequestsPerSecond: 1_000,
    random: () => 0.5,
    ...options,
  });

  async function request(durationMs: number, signal: AbortSignal): Promise<string> {
    starts.push(clock.monotonic());
    const outcome = outcomes.length > 1 ? outcomes.shift() : outcomes[0];
    inFlight += 1;
    maxInFlight = Math.max(maxInFlight, inFlight);
    try {
      if (durationMs > 0) await sleep(clock, durationMs, signal);
    } finally {
      inFlight -= 1;
    }
    if (outcome) throw outcome;
    return 'answer';
  }

  return {
    clock,
    governor,
    starts,
    maxInFlight: () => maxInFlight,
    answer: (...next) => {
      outcomes = next;
    },
    ask: ({ signal = new AbortController().signal, durationMs = 0 } = {}) =>
      governor.run(() => request(durationMs, signal), signal),
  };
}

/** An exchange's error. */
export function exchangeError(code: ErrorCode, retryAfterMs?: number): ScannerError {
  return new ScannerError(code, `${code} for the test`, retryAfterMs === undefined ? {} : { retryAfterMs });
}

/** How a promise ended: `answer`, an error code, or an error's name. */
export async function endOf(promise: Promise<string>): Promise<string> {
  try {
    return await promise;
  } catch (error) {
    return error instanceof ScannerError
      ? error.code
      : error instanceof Error
        ? error.message
        : String(error);
  }
}
