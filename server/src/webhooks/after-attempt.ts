import { toIsoTime } from '@fast-scanner/shared';
import type { Attempt } from './attempt.ts';
import { MAX_ATTEMPTS, nextAttemptInMs } from './retry-plan.ts';
import type { Progress } from './webhook-record.ts';

export interface AttemptMade {
  readonly seq: number;
  readonly deliveryId: string;
  readonly attempt: Attempt;
  /** When it ended, epoch ms. */
  readonly nowMs: number;
  readonly random: () => number;
}

/** How far a webhook is after an attempt: done with the alert, or waiting for the next one. */
export function progressAfter(before: Progress, made: AttemptMade): Progress {
  const { seq, deliveryId, attempt, nowMs, random } = made;
  const attempts = attemptsOf(before, seq) + 1;
  const at = toIsoTime(nowMs);
  const { outcome, statusCode, detail, retryAfterMs } = attempt;
  const delivered = outcome === 'delivered';
  const lastDelivery = { deliveryId, at, statusCode, delivered, attempt: attempts };
  const done = { ...before, cursor: seq, waiting: null, lastDelivery };
  if (delivered) return { ...done, delivered: before.delivered + 1 };
  const inMs = outcome === 'retry' ? nextAttemptInMs(attempts, retryAfterMs, random) : null;
  if (inMs !== null) {
    const waiting = { seq, attempts, dueAt: nowMs + inMs };
    return { ...before, waiting, lastDelivery, lastError: { at, detail } };
  }
  const end =
    outcome === 'retry' ? `${detail}; given up after ${MAX_ATTEMPTS} attempts` : `${detail}; given up`;
  return { ...done, failed: before.failed + 1, lastError: { at, detail: end } };
}

/** Attempts made for an alert so far. */
export function attemptsOf({ waiting }: Progress, seq: number): number {
  return waiting?.seq === seq ? waiting.attempts : 0;
}
