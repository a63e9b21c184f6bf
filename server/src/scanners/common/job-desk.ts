import { ScannerError } from '@fast-scanner/shared';
import { closedError } from './closed-error.ts';
import type { StopReason } from './symbol-work.ts';

/** The work of one job, from its beginning to its end. */
export interface JobAtWork {
  /** Stops it; it ends soon. */
  stop(reason: StopReason): void;
  /** Resolves when the job has ended and that is stored, or when it was stopped for a shutdown. */
  run(): Promise<void>;
}

export interface JobDeskOptions<Ledger, Work extends JobAtWork> {
  /** What people call the jobs. */
  readonly noun: string;
  readonly maxRunning: number;
  readonly maxQueued: number;
  readonly createWork: (ledger: Ledger) => Work;
  /** Hears of errors that are no expected failure. */
  readonly onBug: (error: unknown) => void;
}

/** A job that has not ended. */
export interface JobSeat<Ledger, Work> {
  readonly ledger: Ledger;
  /** `null` while it waits its turn. */
  readonly work: Work | null;
  /** Resolves when the job has ended, or was left for the next start. */
  readonly ended: Promise<void>;
}

class Seat<Ledger, Work> implements JobSeat<Ledger, Work> {
  readonly ledger: Ledger;
  readonly ended: Promise<void>;
  work: Work | null = null;
  leave: () => void = () => undefined;

  constructor(ledger: Ledger) {
    this.ledger = ledger;
    this.ended = new Promise((resolve) => {
      this.leave = resolve;
    });
  }
}

interface JobLedger {
  readonly job: { readonly id: string };
}

/** How long a client should wait before it asks for a job again. */
const RETRY_AFTER_MS = 5000;

/** Lets so many jobs work at once and so many wait, first come, first served; everybody else is sent away. */
export class JobDesk<Ledger extends JobLedger, Work extends JobAtWork> {
  readonly #options: JobDeskOptions<Ledger, Work>;
  readonly #seats = new Map<string, Seat<Ledger, Work>>();
  readonly #waiting: Seat<Ledger, Work>[] = [];
  /** Places promised to jobs that are being stored. */
  #promised = 0;
  #isClosed = false;

  constructor(options: JobDeskOptions<Ledger, Work>) {
    this.#options = options;
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  get counts(): { readonly running: number; readonly queued: number } {
    return { running: this.#seats.size - this.#waiting.length, queued: this.#waiting.length };
  }

  get(jobId: string): JobSeat<Ledger, Work> | undefined {
    return this.#seats.get(jobId);
  }

  all(): readonly JobSeat<Ledger, Work>[] {
    return [...this.#seats.values()];
  }

  /**
   * Keeps a place while the job is being stored, so that what was accepted is never sent away.
   * @throws ScannerError `too_many_jobs`, `unavailable`
   */
  async promise<Result>(store: () => Promise<Result>): Promise<Result> {
    if (this.#isClosed) throw closedError();
    const { maxRunning, maxQueued, noun } = this.#options;
    if (this.#seats.size + this.#promised >= maxRunning + maxQueued) {
      const detail = `${maxRunning} ${noun} are at work and ${maxQueued} are waiting; cancel one or come again later`;
      throw new ScannerError('too_many_jobs', detail, { retryAfterMs: RETRY_AFTER_MS });
    }
    this.#promised += 1;
    try {
      return await store();
    } finally {
      this.#promised -= 1;
    }
  }

  /** Takes a stored job in. After `close` it stays as it is for the next start. */
  admit(ledger: Ledger): JobSeat<Ledger, Work> {
    const seat = new Seat<Ledger, Work>(ledger);
    if (this.#isClosed) {
      seat.leave();
      return seat;
    }
    this.#seats.set(ledger.job.id, seat);
    this.#waiting.push(seat);
    this.#fill();
    return seat;
  }

  /** Stops a job, waiting or at work, and resolves when it has ended; false when it is not here. */
  async cancel(jobId: string): Promise<boolean> {
    const seat = this.#seats.get(jobId);
    if (!seat) return false;
    this.#start(seat, (work) => work.stop('cancelled'));
    await seat.ended;
    return true;
  }

  /** Leaves all jobs to the next start and resolves when none touches the store or an exchange any more. Idempotent. */
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

  /** Brings a waiting job to work; `prepare` sees its work before it begins, or as it is when it has begun. */
  #start(seat: Seat<Ledger, Work>, prepare: (work: Work) => void = () => undefined): void {
    if (seat.work) {
      prepare(seat.work);
      return;
    }
    const { createWork, onBug } = this.#options;
    this.#waiting.splice(this.#waiting.indexOf(seat), 1);
    seat.work = createWork(seat.ledger);
    prepare(seat.work);
    void seat.work
      .run()
      .catch(onBug)
      .finally(() => {
        this.#dismiss(seat);
        if (!this.#isClosed) this.#fill();
      });
  }

  #dismiss(seat: Seat<Ledger, Work>): void {
    this.#seats.delete(seat.ledger.job.id);
    seat.leave();
  }
}
