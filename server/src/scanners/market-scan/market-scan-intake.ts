import { randomUUID } from 'node:crypto';
import {
  type Clock,
  MAX_SWEEP_VARIANTS,
  type MarketScanRequest,
  ScannerError,
  type SweepRequest,
} from '@fast-scanner/shared';
import { parseParameters } from '../../analysis/backtest/parse-parameters.ts';
import type { ParameterValues, Strategy } from '../../analysis/backtest/strategy.ts';
import { fingerprintOf } from '../../jobs/fingerprint.ts';
import type { Priority } from '../../jobs/work-queue.ts';
import type { MarketFeeds } from '../../market-data/market-feed.ts';
import type { Store } from '../../store/store.ts';
import type { EventLog } from '../../streams/event-log.ts';
import {
  INITIAL_STATE,
  MARKET_SCAN_JOB,
  type MarketScanInput,
  type MarketScanJob,
  type MarketTask,
  toMarketScanJob,
} from './market-scan-record.ts';
import type { StrategyBook } from './strategy-book.ts';
import { isCoin } from './test-plan.ts';

export interface MarketScanIntakeOptions {
  readonly feeds: MarketFeeds;
  readonly store: Store;
  readonly eventLog: EventLog;
  readonly clock: Clock;
  readonly strategies: StrategyBook;
}

export interface IntakeOptions {
  readonly idempotencyKey: string | undefined;
  readonly priority: Priority;
}

export interface AcceptedJob {
  readonly job: MarketScanJob;
  /** False when the idempotency key named a job that exists already. */
  readonly isNew: boolean;
}

export type MarketRequest = MarketScanRequest | SweepRequest;

const DAY_MS = 86_400_000;

/** Turns requests into stored, queued jobs. */
export class MarketScanIntake {
  readonly #options: MarketScanIntakeOptions;

  constructor(options: MarketScanIntakeOptions) {
    this.#options = options;
  }

  /**
   * The job that an earlier request with this key started; `null` without a key or such a job. Asks no exchange.
   * @throws ScannerError `idempotency_mismatch` when that request asked for something else
   */
  async findByKey(request: MarketRequest, key: string | undefined): Promise<MarketScanJob | null> {
    const record = key === undefined ? null : await this.#options.store.findJobByKey(MARKET_SCAN_JOB, key);
    if (!record) return null;
    const job = toMarketScanJob(record);
    if (job.input.fingerprint === fingerprintOf([request])) return job;
    const detail = `the key ${key} belongs to job ${job.id}, which asked for something else`;
    throw new ScannerError('idempotency_mismatch', detail);
  }

  /** @throws ScannerError see `MarketScanService.start` */
  async accept(
    request: MarketRequest,
    { idempotencyKey: key, priority }: IntakeOptions,
  ): Promise<AcceptedJob> {
    const fingerprint = key === undefined ? null : fingerprintOf([request]);
    const job = this.#createJob(await this.#resolve(request, { priority, fingerprint }), key ?? null);
    try {
      await this.#options.eventLog.commit({ createJobs: [job] });
      return { job, isNew: true };
    } catch (error) {
      const winner = await this.findByKey(request, key); // another request with the same key was faster
      if (winner) return { job: winner, isNew: false };
      throw error;
    }
  }

  async #resolve(
    request: MarketRequest,
    own: Pick<MarketScanInput, 'priority' | 'fingerprint'>,
  ): Promise<MarketScanInput> {
    const { feeds, strategies } = this.#options;
    assertOneUniverse(request);
    const strategy = strategies.find(request.strategy);
    const task = 'in_sample' in request ? toSweep(strategy, request) : toScan(strategy, request);
    const { dataSource } = await feeds.get(request.exchange ?? feeds.defaultExchange);
    const { direction, units = null, last_trade: lastTrade } = request.conventions;
    return {
      ...own,
      task,
      strategy: strategy.id,
      interval: request.interval,
      exchange: dataSource.exchange,
      dataSource,
      from: startOf(request.start_date),
      to: endOf(request.end_date),
      universe: request.universe ?? null,
      tickers: request.tickers ? [...new Set(request.tickers)] : null,
      options: {
        cash: request.cash,
        commissionRate: request.commission,
        slippageRate: request.slippage,
        direction,
        lastTrade,
      },
      units,
    };
  }

  #createJob(input: MarketScanInput, idempotencyKey: string | null): MarketScanJob {
    return {
      id: randomUUID(),
      kind: MARKET_SCAN_JOB,
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

/** @throws ScannerError `invalid_input` for what says two things at once, or cannot be tested together */
function assertOneUniverse({ tickers = [], universe }: MarketRequest): void {
  if (universe !== undefined && tickers.length > 0) {
    throw invalidField('/universe', 'conflicting', 'name either a universe or tickers, not both');
  }
  const coins = tickers.filter(isCoin);
  if (coins.length > 0 && coins.length < tickers.length) {
    const detail =
      'stocks and coins trade on different days and cannot be tested together; start a scan for each';
    throw invalidField('/tickers', 'conflicting', detail);
  }
}

function invalidField(pointer: string, code: string, detail: string): ScannerError {
  return new ScannerError('invalid_input', `${pointer}: ${detail}`, { errors: [{ pointer, code, detail }] });
}

function toScan(strategy: Strategy, { parameters }: MarketScanRequest): MarketTask {
  return { kind: 'scan', parameters: parseParameters(strategy, parameters) };
}

/** @throws ScannerError `invalid_input` for too many variants, and for any variant the strategy refuses */
function toSweep(strategy: Strategy, { parameters, in_sample: inSample }: SweepRequest): MarketTask {
  const grid = combine(Object.entries(parameters));
  const variants = grid.map((values) => parseParameters(strategy, values));
  return { kind: 'sweep', variants, inSample };
}

type GridAxis = readonly [name: string, values: readonly number[]];

/** Every combination of one value per parameter. */
function combine(axes: readonly GridAxis[]): readonly ParameterValues[] {
  const count = axes.reduce((product, [, values]) => product * new Set(values).size, 1);
  if (count > MAX_SWEEP_VARIANTS) {
    const detail = `these values make ${count} variants; at most ${MAX_SWEEP_VARIANTS} are tried at once`;
    throw invalidField('/parameters', 'too_big', detail);
  }
  return axes.reduce<readonly ParameterValues[]>(
    (variants, [name, values]) =>
      variants.flatMap((variant) => [...new Set(values)].map((value) => ({ ...variant, [name]: value }))),
    [{}],
  );
}

function startOf(date: string | undefined): number | null {
  return date === undefined ? null : Date.parse(date);
}

/** The last day is part of the range. */
function endOf(date: string | undefined): number | null {
  return date === undefined ? null : Date.parse(date) + DAY_MS;
}
