import { randomBytes } from 'node:crypto';
import { type Clock, type QuickScanRequest, ScannerError, toIsoTime } from '@fast-scanner/shared';
import { fingerprintOf } from '../../jobs/fingerprint.ts';
import type { MarketFeeds } from '../../market-data/market-feed.ts';
import type { Store, StoredEvent } from '../../store/store.ts';
import type { EventLog } from '../../streams/event-log.ts';
import { resolveUniverse } from '../common/universe.ts';
import { SCANS_TOPIC_STREAM, type StartScanOptions } from './fast-scanner-service.ts';
import type { RetiredSymbols } from './retired-symbols.ts';
import { INITIAL_STATE, SCAN_JOB, type ScanInput, type ScanJob, toScanJob } from './scan-record.ts';

export interface ScanIntakeOptions {
  readonly retired: RetiredSymbols;
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

  /**
   * The scan that an earlier request with this key started; `null` without a key or such a scan. Asks no exchange.
   * @throws ScannerError `idempotency_mismatch` when that request asked for something else
   */
  async findByKey(request: QuickScanRequest, key: string | undefined): Promise<ScanJob | null> {
    const record = key === undefined ? null : await this.#options.store.findJobByKey(SCAN_JOB, key);
    if (!record) return null;
    const job = toScanJob(record);
    if (job.input.fingerprint === fingerprint(request)) return job;
    throw new ScannerError(
      'idempotency_mismatch',
      `the key ${key} belongs to scan ${job.id}, which asked for something else`,
    );
  }

  /** @throws ScannerError see `FastScannerService.start` */
  async accept(request: QuickScanRequest, options: StartScanOptions): Promise<AcceptedScan> {
    const { idempotencyKey: key } = options;
    const job = this.#createJob(await this.#resolve(request, options), key ?? null);
    try {
      return { job, isNew: true, events: await this.#store(job) };
    } catch (error) {
      const winner = await this.findByKey(request, key); // another request with the same key was faster
      if (winner) return { job: winner, isNew: false, events: [] };
      throw error;
    }
  }

  async #resolve(
    request: QuickScanRequest,
    { trigger = 'interactive', idempotencyKey, signal }: StartScanOptions,
  ): Promise<ScanInput> {
    const { feeds, universe: configured } = this.#options;
    const { timeframe, analyze, limit } = request;
    const exchange = request.exchange ?? feeds.defaultExchange;
    const feed = await feeds.get(exchange);
    const isRetired = (symbol: string) => this.#options.retired.isRetired(exchange, symbol);
    const symbols = request.symbols
      ? [...new Set(request.symbols)]
      : await resolveUniverse(feed, { configured, limit, signal, isRetired });
    const input = { exchange, dataSource: feed.dataSource, timeframe, symbols, analyze, trigger };
    return idempotencyKey === undefined ? input : { ...input, fingerprint: fingerprint(request) };
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
      sweptAt: null,
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

function fingerprint({ symbols, exchange, timeframe, limit, analyze }: QuickScanRequest): string {
  return fingerprintOf([symbols ?? null, exchange ?? null, timeframe, limit, analyze]);
}
