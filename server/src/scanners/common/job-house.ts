import { type Clock, ScannerError } from '@fast-scanner/shared';
import { type HousedJob, isEnded } from '../../jobs/job-record.ts';
import { PeriodicTask } from '../../jobs/periodic-task.ts';
import type { Priority } from '../../jobs/work-queue.ts';
import type { JobItem, JobRecord, Store, StreamAppend } from '../../store/store.ts';
import type { EventLog } from '../../streams/event-log.ts';
import { closedError } from './closed-error.ts';
import { type JobAtWork, JobDesk, type JobSeat } from './job-desk.ts';
import { createJobRetention, type JobRetentionOptions } from './job-retention.ts';

export interface JobOrder {
  readonly idempotencyKey: string | undefined;
  readonly priority: Priority;
}

interface HousedLedger<Job> {
  readonly job: Job;
}

/** What is particular to the jobs of a house. */
export interface JobTrade<
  Request,
  Job extends HousedJob,
  Ledger extends HousedLedger<Job>,
  Work extends JobAtWork,
> {
  /** What people call one job; its plural ends in s. */
  readonly noun: string;
  readonly kind: string;
  /** A request that has the same fingerprint asks for the same. */
  readonly fingerprintOf: (request: Request) => string;
  /** The job a request asks for, not stored yet. @throws ScannerError when it asks for what cannot be */
  readonly createJob: (request: Request, order: JobOrder) => Promise<Job>;
  /** What is told of a job when it is accepted. */
  readonly announce: (job: Job) => readonly StreamAppend[];
  /** A row of this kind as what it is. */
  readonly toJob: (record: JobRecord) => Job;
  readonly toLedger: (job: Job, items: readonly JobItem[]) => Ledger;
  readonly createWork: (ledger: Ledger) => Work;
  /** Looks after a job at work, from time to time. */
  readonly lookAfter: (ledger: Ledger, work: Work) => Promise<void>;
}

export interface JobHouseOptions extends Omit<JobRetentionOptions, 'kind'> {
  readonly store: Store;
  readonly eventLog: EventLog;
  readonly clock: Clock;
  readonly maxRunning: number;
  readonly maxQueued: number;
  readonly onBug: (error: unknown) => void;
}

const ROUND_MS = 15_000;

/**
 * The jobs of one kind from the request to the end: accepted once per idempotency key, stored before they are acknowledged, a few
 * at work and some waiting, taken up again after a crash, looked after, swept when they are old.
 */
export class JobHouse<
  Request,
  Job extends HousedJob,
  Ledger extends HousedLedger<Job>,
  Work extends JobAtWork,
> {
  readonly #trade: JobTrade<Request, Job, Ledger, Work>;
  readonly #options: JobHouseOptions;
  readonly #desk: JobDesk<Ledger, Work>;
  readonly #rounds: PeriodicTask;
  readonly #retention: PeriodicTask;
  /** Jobs on their way from the request to their place at the desk. */
  readonly #accepting = new Set<Promise<Job>>();
  #accepted = 0;
  #isOpen = false;

  constructor(trade: JobTrade<Request, Job, Ledger, Work>, options: JobHouseOptions) {
    const { clock, onBug } = options;
    this.#trade = trade;
    this.#options = options;
    this.#desk = new JobDesk({ ...options, noun: `${trade.noun}s`, createWork: trade.createWork });
    this.#rounds = new PeriodicTask({
      clock,
      intervalMs: ROUND_MS,
      work: () => this.#goRound(),
      onError: onBug,
    });
    this.#retention = createJobRetention({ ...options, kind: trade.kind });
  }

  /** Takes up what the last process left unfinished. */
  async open(): Promise<void> {
    await this.#adopt();
    if (this.#desk.isClosed) return;
    this.#isOpen = true;
    this.#rounds.start();
    this.#retention.start();
  }

  /** Stops intake and all jobs; unfinished ones go on at the next start. Idempotent. */
  async close(): Promise<void> {
    await this.#desk.close();
    if (this.#isOpen) await Promise.all([this.#rounds.stop(), this.#retention.stop()]);
    await Promise.allSettled(this.#accepting);
  }

  get counts(): { readonly running: number; readonly queued: number; readonly accepted: number } {
    return { ...this.#desk.counts, accepted: this.#accepted };
  }

  /** Jobs that have not ended. */
  seats(): readonly JobSeat<Ledger, Work>[] {
    return this.#desk.all();
  }

  seat(jobId: string): JobSeat<Ledger, Work> | undefined {
    return this.#desk.get(jobId);
  }

  /** The job as it stands; `null` when unknown. */
  async find(jobId: string): Promise<Job | null> {
    const seat = this.#desk.get(jobId);
    if (seat) return seat.ledger.job;
    const record = await this.#options.store.getJob(jobId);
    return record?.kind === this.#trade.kind ? this.#trade.toJob(record) : null;
  }

  /** @throws ScannerError `not_found` */
  async load(jobId: string): Promise<Job> {
    const job = await this.find(jobId);
    if (!job) throw new ScannerError('not_found', `there is no ${this.#trade.noun} ${jobId}`);
    return job;
  }

  /**
   * Accepts a job, or answers the one that was accepted for the same key. Once it resolves the job is durable.
   * @throws ScannerError `too_many_jobs`, `idempotency_mismatch`, `disk_full`, `unavailable`, what `createJob` throws
   */
  async accept(request: Request, order: JobOrder): Promise<Job> {
    if (this.#desk.isClosed) throw closedError();
    const known = await this.#findByKey(request, order.idempotencyKey);
    if (known) return known;
    const accepting = this.#desk.promise(() => this.#store(request, order));
    this.#accepting.add(accepting);
    return accepting.finally(() => this.#accepting.delete(accepting));
  }

  /**
   * Accepts a job and waits until it has completed; aborting `signal` cancels it.
   * @throws ScannerError what `accept` throws, and the job's own error when it failed or was cancelled
   */
  async complete(request: Request, signal: AbortSignal): Promise<Job> {
    signal.throwIfAborted();
    const { id } = await this.accept(request, { idempotencyKey: undefined, priority: 'interactive' });
    const cancel = () => void this.#desk.cancel(id);
    signal.addEventListener('abort', cancel, { once: true });
    if (signal.aborted) cancel();
    await this.#desk.get(id)?.ended;
    signal.removeEventListener('abort', cancel);
    const job = await this.load(id);
    if (!isEnded(job)) throw closedError();
    if (job.status !== 'completed') throw this.#toError(job);
    return job;
  }

  /**
   * Cancels a job and answers it as it ended, with what to say of that.
   * @throws ScannerError `not_found`, `unavailable` when it is left for the next start
   */
  async cancel(jobId: string): Promise<{ readonly job: Job; readonly message: string }> {
    const wasHere = await this.#stop(jobId);
    const job = await this.load(jobId);
    if (!isEnded(job)) throw closedError();
    const message = job.status === 'cancelled' && wasHere ? 'Job cancelled' : `Job already ${job.status}`;
    return { job, message };
  }

  async #findByKey(request: Request, key: string | undefined): Promise<Job | null> {
    const { kind, noun, toJob, fingerprintOf } = this.#trade;
    const record = key === undefined ? null : await this.#options.store.findJobByKey(kind, key);
    if (!record) return null;
    const job = toJob(record);
    if (job.input.fingerprint === fingerprintOf(request)) return this.#desk.get(job.id)?.ledger.job ?? job;
    const detail = `the key ${key} belongs to ${noun} ${job.id}, which asked for something else`;
    throw new ScannerError('idempotency_mismatch', detail);
  }

  async #store(request: Request, order: JobOrder): Promise<Job> {
    const { createJob, announce, toLedger } = this.#trade;
    const job = await createJob(request, order);
    try {
      await this.#options.eventLog.commit({ createJobs: [job], appendEvents: announce(job) });
    } catch (error) {
      const winner = await this.#findByKey(request, order.idempotencyKey); // another request with the same key was faster
      if (winner) return winner;
      throw error;
    }
    this.#accepted += 1;
    return this.#desk.admit(toLedger(job, [])).ledger.job;
  }

  /** Stops a job and waits for its end; false when it is not here. */
  async #stop(jobId: string): Promise<boolean> {
    if (await this.#desk.cancel(jobId)) return true;
    if (isEnded(await this.load(jobId))) return false;
    await Promise.allSettled(this.#accepting); // stored a moment ago, it may not have its place yet
    return this.#desk.cancel(jobId);
  }

  async #goRound(): Promise<void> {
    for (const { ledger, work } of this.#desk.all()) if (work) await this.#trade.lookAfter(ledger, work);
    await this.#adopt();
  }

  /** Takes in jobs the store has as unfinished and nobody works on: those at work first, each in the order they came. */
  async #adopt(): Promise<void> {
    const { store } = this.#options;
    const { kind } = this.#trade;
    const byStatus = await Promise.all(
      (['running', 'queued'] as const).map((status) =>
        store.listJobs({ kind, statuses: [status], limit: 1000 }),
      ),
    );
    await Promise.allSettled(this.#accepting); // those of the list have their place now
    for (const { id } of byStatus.flatMap((records) => records.toReversed())) {
      if (this.#desk.isClosed) return;
      if (!this.#desk.get(id)) await this.#adoptOrphan(id);
    }
  }

  /** A job that has left the desk since the list was read is ended, and read as that. */
  async #adoptOrphan(jobId: string): Promise<void> {
    const job = await this.load(jobId);
    if (isEnded(job)) return;
    this.#desk.admit(this.#trade.toLedger(job, await this.#options.store.listItems(jobId)));
  }

  #toError({ id, error }: Job): ScannerError {
    return error
      ? new ScannerError(error.code, error.detail)
      : new ScannerError('cancelled', `${this.#trade.noun} ${id} was cancelled`);
  }
}
