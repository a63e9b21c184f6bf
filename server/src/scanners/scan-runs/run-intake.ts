import { randomUUID } from 'node:crypto';
import { type Clock, RUN_MODES, type RunRequest, ScannerError } from '@fast-scanner/shared';
import { fingerprintOf } from '../../jobs/fingerprint.ts';
import type { Priority } from '../../jobs/work-queue.ts';
import type { MarketFeeds } from '../../market-data/market-feed.ts';
import type { Store } from '../../store/store.ts';
import type { EventLog } from '../../streams/event-log.ts';
import { toAnnouncement } from './run-ledger.ts';
import { INITIAL_STATE, RUN_JOB, type RunInput, type RunJob, toRunJob } from './run-record.ts';
import type { SymbolCategory } from './symbol-categories.ts';

export interface RunIntakeOptions {
  readonly feeds: MarketFeeds;
  readonly store: Store;
  readonly eventLog: EventLog;
  readonly clock: Clock;
}

export interface IntakeOptions {
  readonly idempotencyKey: string | undefined;
  readonly priority: Priority;
}

export interface AcceptedRun {
  readonly job: RunJob;
  /** False when the idempotency key named a run that exists already. */
  readonly isNew: boolean;
}

/** Turns requests into stored, queued jobs. */
export class RunIntake {
  readonly #options: RunIntakeOptions;

  constructor(options: RunIntakeOptions) {
    this.#options = options;
  }

  /**
   * The run that an earlier request with this key started; `null` without a key or such a run. Asks no exchange.
   * @throws ScannerError `idempotency_mismatch` when that request asked for something else
   */
  async findByKey(request: RunRequest, key: string | undefined): Promise<RunJob | null> {
    const record = key === undefined ? null : await this.#options.store.findJobByKey(RUN_JOB, key);
    if (!record) return null;
    const job = toRunJob(record);
    if (job.input.fingerprint === fingerprint(request)) return job;
    const detail = `the key ${key} belongs to run ${job.id}, which asked for something else`;
    throw new ScannerError('idempotency_mismatch', detail);
  }

  /** @throws ScannerError see `ScanRunsService.start` */
  async accept(request: RunRequest, { idempotencyKey: key, priority }: IntakeOptions): Promise<AcceptedRun> {
    const input = await this.#resolve(request, priority, key !== undefined);
    const job = this.#createJob(input, key ?? null);
    try {
      await this.#options.eventLog.commit({
        createJobs: [job],
        appendEvents: [toAnnouncement(job, job.createdAt)],
      });
      return { job, isNew: true };
    } catch (error) {
      const winner = await this.findByKey(request, key); // another request with the same key was faster
      if (winner) return { job: winner, isNew: false };
      throw error;
    }
  }

  async #resolve(request: RunRequest, priority: Priority, hasKey: boolean): Promise<RunInput> {
    const { feeds } = this.#options;
    const { sniper_mode: mode, limit, leverage, min_score, symbols } = request;
    const { dataSource } = await feeds.get(request.exchange ?? feeds.defaultExchange);
    return {
      mode,
      exchange: dataSource.exchange,
      dataSource,
      limit,
      minScore: Math.max(RUN_MODES[mode].minScore, min_score),
      leverage,
      categories: categoriesOf(request),
      symbols: symbols ? [...new Set(symbols)] : null,
      priority,
      fingerprint: hasKey ? fingerprint(request) : null,
    };
  }

  #createJob(input: RunInput, idempotencyKey: string | null): RunJob {
    return {
      id: randomUUID(),
      kind: RUN_JOB,
      status: 'queued',
      exchange: input.exchange,
      input,
      state: INITIAL_STATE,
      error: null,
      attempts: 0,
      idempotencyKey,
      createdAt: this.#options.clock.now(),
      startedAt: null,
      endedAt: null,
      heartbeatAt: null,
      sweptAt: null,
    };
  }
}

function categoriesOf({ majors, altcoins, meme_mode }: RunRequest): SymbolCategory[] {
  const switches: readonly (readonly [SymbolCategory, boolean])[] = [
    ['majors', majors],
    ['altcoins', altcoins],
    ['memes', meme_mode],
  ];
  return switches.flatMap(([category, isOn]) => (isOn ? [category] : []));
}

function fingerprint(request: RunRequest): string {
  const { limit, min_score, sniper_mode, exchange, leverage, symbols } = request;
  const asked = [limit, min_score, sniper_mode, exchange ?? null, leverage, symbols ?? null];
  return fingerprintOf([...asked, categoriesOf(request)]);
}
