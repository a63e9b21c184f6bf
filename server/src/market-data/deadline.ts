import { type Clock, ScannerError } from '@fast-scanner/shared';

export interface DeadlineOptions {
  readonly clock: Clock;
  /** Aborts the work as well. */
  readonly signal?: AbortSignal;
  readonly deadlineMs: number;
}

/** Runs work that must obey its signal; after `deadlineMs` the signal aborts with `deadline_exceeded`. */
export async function withDeadline<Result>(
  { clock, signal, deadlineMs }: DeadlineOptions,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const deadline = new AbortController();
  const dispose = clock.schedule(deadlineMs, () =>
    deadline.abort(new ScannerError('deadline_exceeded', `not finished within ${deadlineMs / 1000} s`)),
  );
  try {
    return await work(signal ? AbortSignal.any([signal, deadline.signal]) : deadline.signal);
  } finally {
    dispose();
  }
}
