import { ScannerError } from '@fast-scanner/shared';
import { closedError } from '../common/closed-error.ts';
import { RunAtWork, type RunContext } from './run-at-work.ts';
import type { RunLedger } from './run-ledger.ts';

export interface RunDeskOptions extends RunContext {
  readonly maxRunning: number;
  readonly maxQueued: number;
}

/** A run that has not ended. */
export interface RunSeat {
  readonly ledger: RunLedger;
  /** `null` while it waits its turn. */
  readonly work: RunAtWork | null;
  /** Resolves when the run has ended, or was left for the next start. */
  readonly ended: Promise<void>;
}

class Seat implements RunSeat {
  readonly ledger: RunLedger;
  readonly ended: Promise<void>;
  work: RunAtWork | null = null;
  leave: () => void = () => undefined;

  constructor(ledger: RunLedger) {
    this.ledger = ledger;
    this.ended = new Promise((resolve) => {
      this.leave = resolve;
    });
  }
}

/** How long a client should wait before it asks for a run again. */
const RETRY_AFTER_MS = 5000;

/** Lets so many runs work at once and so many wait, first come, first served; everybody else is sent away. */
export class RunDesk {
  readonly #options: RunDeskOptions;
  readonly #seats = new Map<string, Seat>();
  readonly #waiting: Seat[] = [];
  /** Places promised to runs that are being stored. */
  #promised = 0;
  #isClosed = false;

  constructor(options: RunDeskOptions) {
    this.#options = options;
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  get counts() {
    return { running: this.#seats.size - this.#waiting.length, queued: this.#waiting.length };
  }

  get(runId: string): RunSeat | undefined {
    return this.#seats.get(runId);
  }

  all(): readonly RunSeat[] {
    return [...this.#seats.values()];
  }

  /**
   * Keeps a place while the run is being stored, so that what was accepted is never sent away.
   * @throws ScannerError `too_many_jobs`, `unavailable`
   */
  async promise<Result>(store: () => Promise<Result>): Promise<Result> {
    if (this.#isClosed) throw closedError();
    const { maxRunning, maxQueued } = this.#options;
    if (this.#seats.size + this.#promised >= maxRunning + maxQueued) {
      const detail = `${maxRunning} runs are at work and ${maxQueued} are waiting; cancel one or come again later`;
      throw new ScannerError('too_many_jobs', detail, { retryAfterMs: RETRY_AFTER_MS });
    }
    this.#promised += 1;
    try {
      return await store();
    } finally {
      this.#promised -= 1;
    }
  }

  /** Takes a stored run in. After `close` it stays as it is for the next start. */
  admit(ledger: RunLedger): RunSeat {
    const seat = new Seat(ledger);
    if (this.#isClosed) {
      seat.leave();
      return seat;
    }
    this.#seats.set(ledger.job.id, seat);
    this.#waiting.push(seat);
    this.#fill();
    return seat;
  }

  /** Stops a run, waiting or at work, and resolves when it has ended; false when it is not here. */
  async cancel(runId: string): Promise<boolean> {
    const seat = this.#seats.get(runId);
    if (!seat) return false;
    this.#start(seat, (work) => work.stop('cancelled'));
    await seat.ended;
    return true;
  }

  /** Leaves all runs to the next start and resolves when none touches the store or an exchange any more. Idempotent. */
  async close(): Promise<void> {
    this.#isClosed = true;
    for (const seat of this.#waiting.splice(0)) this.#dismiss(seat);
    const seats = [...this.#seats.values()];
    for (const { work } of seats) work?.stop('shutdown');
    await Promise.all(seats.map(({ ended }) => ended));
  }

  #fill(): void {
    while (this.counts.running < this.#options.maxRunning) {
      const [next] = this.#waiting;
      if (!next) return;
      this.#start(next);
    }
  }

  /** Brings a waiting run to work; `prepare` sees its work before it begins, or as it is when it has begun. */
  #start(seat: Seat, prepare: (work: RunAtWork) => void = () => undefined): void {
    if (seat.work) {
      prepare(seat.work);
      return;
    }
    this.#waiting.splice(this.#waiting.indexOf(seat), 1);
    seat.work = new RunAtWork(seat.ledger, this.#options);
    prepare(seat.work);
    void seat.work
      .run()
      .catch(this.#options.onBug)
      .finally(() => {
        this.#dismiss(seat);
        if (!this.#isClosed) this.#fill();
      });
  }

  #dismiss(seat: Seat): void {
    this.#seats.delete(seat.ledger.job.id);
    seat.leave();
  }
}
