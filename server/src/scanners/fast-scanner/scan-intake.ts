import { randomBytes } from 'node:crypto';
import { type Clock, type QuickScanRequest, ScannerError, toIsoTime } from '@fast-scanner/shared';
import type { MarketFeeds } from '../../market-data/market-feed.ts';
import type { Store, StoredEvent } from '../../store/store.ts';
import type { EventLog } from '../../streams/event-log.ts';
import { SCANS_TOPIC_STREAM, type StartScanOptions } from './fast-scanner-service.ts';
import { INITIAL_STATE, SCAN_JOB, type ScanInput, type ScanJob, toScanJob } from './scan-record.ts';
import { resolveUniverse } from './universe.ts';

export interface ScanIntakeOptions {
  readonly feeds: MarketFeeds;
  readonly store: Store;
  readonly eventLog: EventLog;
  readonly clock: Clock;
  readonly universe: readonly string[] | null;
}

export interface AcceptedScan {
  readonly job: ScanJob;
  /** False when the idempotency key named a scan that exists already. */
  readonly isNew: boolean;
  /** What was written about it, numbered. */
  readonly events: readonly StoredEvent[];
}

/** Turns requests into stored jobs. */
export class ScanIntake {
  readonly #options: ScanIntakeOptions;

  constructor(options: ScanIntakeOptions) {
    this.#options = options;
  }

  /** @throws ScannerError see `FastScannerService.start` */
  async accept(request: QuickScanRequest, options: StartScanOptions): Promise<AcceptedScan> {
    const { idempotencyKey: key, trigger = 'interactive' } = options;
    const input = await this.#resolve(request, trigger);
    const known = key === undefined ? null : await this.#findByKey(key, input);
    if (known) return known;
    const job = this.#createJob(input, key ?? null);
    try {
      return { job, isNew: true, events: await this.#store(job) };
    } catch (error) {
      // Another request with the same key was faster.
      const winner = key === undefined ? null : await this.#findByKey(key, input);
      if (winner) return winner;
      throw error;
    }
  }

  async #resolve(request: QuickScanRequest, trigger: ScanInput['trigger']): Promise<ScanInput> {
    const { feeds, universe } = this.#options;
    const exchange = request.exchange ?? feeds.defaultExchange;
    const feed = await feeds.get(exchange);
    const symbols = request.symbols
      ? [...new Set(request.symbols)]
      : await resolveUniverse(feed, { configured: universe, limit: request.limit });
    const { timeframe, analyze } = request;
    return { exchange, dataSource: feed.dataSource, timeframe, symbols, analyze, trigger };
  }

  async #findByKey(key: string, input: ScanInput): Promise<AcceptedScan | null> {
    const record = await this.#options.store.findJobByKey(SCAN_JOB, key);
    if (!record) return null;
    const job = toScanJob(record);
    if (JSON.stringify(job.input) !== JSON.stringify(input)) {
      throw new ScannerError(
        'idempotency_mismatch',
        `the key ${key} belongs to scan ${job.id}, which asked for something else`,
      );
    }
    return { job, isNew: false, events: [] };
  }

  #createJob(input: ScanInput, idempotencyKey: string | null): ScanJob {
    const now = this.#options.clock.now();
    return {
      id: `scan_${now.toString(36)}${randomBytes(5).toString('hex')}`,
      kind: SCAN_JOB,
      status: 'running',
      exchange: input.exchange,
      input,
      state: INITIAL_STATE,
      error: null,
      attempts: 1,
      idempotencyKey,
      createdAt: now,
      startedAt: now,
      endedAt: null,
      heartbeatAt: now,
    };
  }

  #store(job: ScanJob): Promise<readonly StoredEvent[]> {
    const { exchange, dataSource, timeframe, trigger, symbols } = job.input;
    const timestamp = toIsoTime(job.createdAt);
    const payload = {
      scanId: job.id,
      exchange,
      dataSource,
      timeframe,
      trigger,
      requested: symbols.length,
      timestamp,
    };
    return this.#options.eventLog.commit({
      createJobs: [job],
      appendEvents: [{ streamId: SCANS_TOPIC_STREAM, events: [{ type: 'scanStarted', payload }] }],
    });
  }
}
