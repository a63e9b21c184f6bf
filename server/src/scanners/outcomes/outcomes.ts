import {
  type Clock,
  type ReplaySignalResponse,
  ScannerError,
  type ScorecardQuery,
  type ScorecardResponse,
  type SignalOutcomeKind,
  type SignalsQuery,
  type SignalsResponse,
  type StoredSignalResponse,
  toIsoTime,
} from '@fast-scanner/shared';
import { costPctOf, DEFAULT_COSTS, type TradeCosts } from '../../analysis/outcomes/trade-costs.ts';
import { parseCursor, toCursor } from '../../jobs/page-cursor.ts';
import type { PeriodicTask } from '../../jobs/periodic-task.ts';
import type { WorkQueue } from '../../jobs/work-queue.ts';
import type { MarketFeeds } from '../../market-data/market-feed.ts';
import type { SignalRecord } from '../../store/signal-record.ts';
import type { Store } from '../../store/store.ts';
import { OutcomeLabeller } from './outcome-labeller.ts';
import { createOutcomeRetention } from './outcome-retention.ts';
import type { OutcomesService } from './outcomes-service.ts';
import { ScorecardDesk } from './scorecard-desk.ts';
import { toSignalFilter, toStoredSignal } from './signal-views.ts';

export interface OutcomesOptions {
  readonly store: Store;
  readonly feeds: MarketFeeds;
  readonly clock: Clock;
  /** Reads for outcomes wait in it behind all scans. */
  readonly queue: WorkQueue;
  /** Computes signals again. */
  readonly replayer: { replay(record: SignalRecord): Promise<ReplaySignalResponse> };
  /** How long signals are kept. */
  readonly historyMs: number;
  /** How long the candles behind a signal are kept. */
  readonly candleMs: number;
  /** What a trade costs. Default: as in backtests. */
  readonly costs?: TradeCosts;
  /** Hears how far a long round of the labeller is. */
  readonly onNote: (text: string, details: Readonly<Record<string, unknown>>) => void;
  readonly onBug: (error: unknown) => void;
}

/** What became of everything that was said. */
export class Outcomes implements OutcomesService {
  readonly #options: OutcomesOptions;
  readonly #labeller: OutcomeLabeller;
  readonly #retention: PeriodicTask;
  readonly #desk: ScorecardDesk;
  #closing: Promise<void> | null = null;

  constructor(options: OutcomesOptions) {
    this.#options = options;
    const { store, feeds, costs = DEFAULT_COSTS, onBug } = options;
    this.#labeller = new OutcomeLabeller({ ...options, costs });
    this.#retention = createOutcomeRetention({
      ...options,
      archive: store,
      exchangeIds: feeds.exchangeIds,
      onError: (error) => {
        if (!(error instanceof ScannerError)) onBug(error); // the store says itself that it cannot write
      },
    });
    this.#desk = new ScorecardDesk({ archive: store, costPct: costPctOf(costs) });
  }

  get settledCounts(): Readonly<Record<SignalOutcomeKind, number>> {
    return this.#labeller.counts;
  }

  /** Begins to follow signals to their outcomes, and to delete old ones. */
  open(): void {
    this.#labeller.start();
    this.#retention.start();
  }

  /** Finds all outcomes that can be found now, without those that become due later. */
  settle(): Promise<void> {
    return this.#labeller.label();
  }

  /** Idempotent. */
  close(): Promise<void> {
    this.#closing ??= Promise.all([this.#labeller.stop(), this.#retention.stop()]).then(() => undefined);
    return this.#closing;
  }

  async signals({ limit, cursor, ...query }: SignalsQuery): Promise<SignalsResponse> {
    const position = cursor === undefined ? null : parseCursor(cursor);
    const before = position && { before: { candleCloseTime: position.createdAt, id: position.id } };
    const filter = toSignalFilter(query);
    const found = await this.#options.store.listSignals({ ...filter, ...before, limit: limit + 1 });
    const page = found.slice(0, limit);
    const last = found.length > limit ? page.at(-1) : undefined;
    return {
      success: true,
      signals: page.map(toStoredSignal),
      count: page.length,
      next_cursor: last ? toCursor({ createdAt: last.candleCloseTime, id: last.id }) : null,
      timestamp: this.#now(),
    };
  }

  async signal(signalId: string): Promise<StoredSignalResponse> {
    return { success: true, signal: toStoredSignal(await this.#find(signalId)) };
  }

  async replaySignal(signalId: string): Promise<ReplaySignalResponse> {
    return this.#options.replayer.replay(await this.#find(signalId));
  }

  async scorecard(query: ScorecardQuery): Promise<ScorecardResponse> {
    return { success: true, ...(await this.#desk.scorecard(query)), timestamp: this.#now() };
  }

  async #find(signalId: string): Promise<SignalRecord> {
    const record = await this.#options.store.getSignal(signalId);
    if (!record) throw new ScannerError('not_found', `there is no signal ${signalId}`);
    return record;
  }

  #now(): string {
    return toIsoTime(this.#options.clock.now());
  }
}
