import {
  type Clock,
  type MarketScanEventName,
  type MarketScanEvents,
  type TerminalStatus,
  toIsoTime,
} from '@fast-scanner/shared';
import type { JobChange } from '../../store/store.ts';
import type { EventLog } from '../../streams/event-log.ts';
import { percentOf, toSeconds } from './market-job-view.ts';
import {
  type FailedItem,
  type MarketScanItem,
  type MarketScanJob,
  type MarketScanState,
  type TimeRange,
  toJobItem,
  type Universe,
} from './market-scan-record.ts';
import { marketScanStreamId } from './market-scan-service.ts';

export interface MarketScanLedgerContext {
  readonly eventLog: EventLog;
  readonly clock: Clock;
}

type Body<Name extends MarketScanEventName> = Omit<MarketScanEvents[Name], 'seq' | 'job_id' | 'timestamp'>;

/** An event of a job before it is stored: its type and what is particular to it. */
export type MarketScanEventDraft = {
  [Name in MarketScanEventName]: readonly [Name, Body<Name>];
}[MarketScanEventName];

interface LedgerEntry {
  readonly set?: Omit<JobChange['set'], 'state'> & Partial<Pick<MarketScanJob, 'error'>>;
  readonly state?: Partial<MarketScanState>;
  readonly items?: readonly MarketScanItem[];
  readonly events?: readonly MarketScanEventDraft[];
  readonly terminal?: boolean;
}

type Counts = Pick<MarketScanState, 'successful' | 'failed' | 'pnl'>;
type Position = Pick<MarketScanEvents['error'], 'current' | 'total'>;

/** Only attempts without any progress count. */
const PROGRESSED = { attempts: 1 };

/** A step of the work, and the stock whose end it was. */
export interface StepReport {
  readonly ticker: string;
  /** How long it took. */
  readonly stockMs: number;
  readonly etaSeconds: number | null;
}

/** What is known of one job, in memory and in the store: both change together, in one write. */
export class MarketScanLedger {
  readonly #context: MarketScanLedgerContext;
  readonly #items: Map<string, MarketScanItem>;
  /** Working time of earlier processes. */
  readonly #workedBeforeMs: number;
  #job: MarketScanJob;
  /** What is known, be it that the write that says so is still under way: a write that overtakes another must not undo it. */
  #state: MarketScanState;
  /** Monotonic time from which this process has worked on it; `null` before. */
  #workingSince: number | null = null;

  constructor(job: MarketScanJob, items: readonly MarketScanItem[], context: MarketScanLedgerContext) {
    this.#job = job;
    this.#state = job.state;
    this.#workedBeforeMs = job.state.durationMs;
    this.#items = new Map(items.map((item) => [item.ticker, item]));
    this.#context = context;
  }

  get job(): MarketScanJob {
    return this.#job;
  }

  /** Outcomes in the order of the universe. */
  get items(): readonly MarketScanItem[] {
    return [...this.#items.values()].sort((a, b) => a.position - b.position);
  }

  /** How the stock ended; `undefined` while it has not. */
  item(ticker: string): MarketScanItem | undefined {
    return this.#items.get(ticker);
  }

  /** Working time so far. */
  get durationMs(): number {
    const now = this.#workingSince === null ? 0 : this.#context.clock.monotonic() - this.#workingSince;
    return this.#workedBeforeMs + now;
  }

  /** The job is taken up, for the first time or after its process went down. */
  async begin(): Promise<void> {
    const { clock } = this.#context;
    this.#workingSince = clock.monotonic();
    const { startedAt, attempts } = this.#job;
    await this.#write({
      set: { status: 'running', startedAt: startedAt ?? clock.now(), attempts: attempts + 1 },
    });
  }

  /** The stocks and the time they are tested over are known, for good. */
  async choose(universe: Universe, range: TimeRange): Promise<void> {
    const total = universe.tickers.length;
    const message = `${this.#job.input.strategy} over ${universe.name} (${total})`;
    await this.#write({
      state: { universe, range },
      events: [['start', { total_stocks: total, total, message }]],
    });
  }

  /** Stores how stocks of a scan ended, with an error event for each that failed and the progress after them. */
  async record(items: readonly MarketScanItem[], step: StepReport): Promise<void> {
    await this.#put(items, async () => {
      const counts = this.#countItems();
      const position = this.#position(counts);
      await this.#write({
        set: PROGRESSED,
        state: { ...counts, etaSeconds: step.etaSeconds },
        items,
        events: [...toErrorEvents(items, position), ['progress', this.#progress(counts, step)]],
      });
    });
  }

  /**
   * Reports a step of a sweep, which stores no stocks but those that failed: so many are done well by now, and these failed. Progress that an
   * earlier process has told is not told again.
   */
  async advance(successful: number, failures: readonly FailedItem[], step: StepReport): Promise<void> {
    await this.#put(failures, async () => {
      const { failed } = this.#countItems();
      const counts = { successful, failed, pnl: 0 };
      const isNews = successful + failed > this.#state.successful + this.#state.failed;
      if (!isNews && failures.length === 0) return;
      const position = this.#position(isNews ? counts : this.#state);
      await this.#write({
        set: PROGRESSED,
        state: isNews ? { ...counts, etaSeconds: step.etaSeconds } : {},
        items: failures,
        events: [
          ...toErrorEvents(failures, position),
          ...(isNews ? [['progress', this.#progress(counts, step)] as const] : []),
        ],
      });
    });
  }

  /** Says that somebody is at work on the job. */
  async beat(): Promise<void> {
    await this.#write({});
  }

  /** Writes the terminal event. */
  async end(
    status: TerminalStatus,
    event: MarketScanEventDraft,
    error: MarketScanJob['error'],
  ): Promise<void> {
    const set = { status, error, endedAt: this.#context.clock.now() };
    await this.#write({ set, events: [event], terminal: true });
  }

  /** The items are known while `write` writes them, and after a refusal by the store they are not. */
  async #put(items: readonly MarketScanItem[], write: () => Promise<void>): Promise<void> {
    for (const item of items) this.#items.set(item.ticker, item);
    try {
      await write();
    } catch (error) {
      for (const { ticker } of items) this.#items.delete(ticker);
      const { successful, failed, pnl } = this.#job.state;
      this.#state = { ...this.#state, successful, failed, pnl };
      throw error;
    }
  }

  async #write({ set = {}, state, items = [], events = [], terminal = false }: LedgerEntry): Promise<void> {
    const { id } = this.#job;
    const now = this.#context.clock.now();
    this.#state = { ...this.#state, ...state, durationMs: this.durationMs };
    const change = { ...set, heartbeatAt: now };
    const timestamp = toIsoTime(now);
    const drafts = events.map(([type, body]) => ({ type, payload: { job_id: id, ...body, timestamp } }));
    await this.#context.eventLog.commit({
      changeJobs: [{ id, from: ['queued', 'running'], set: { ...change, state: this.#state } }],
      putItems: items.map((item) => toJobItem(id, item, now)),
      appendEvents:
        drafts.length === 0 ? [] : [{ streamId: marketScanStreamId(id), events: drafts, terminal }],
    });
    this.#job = { ...this.#job, ...change, state: this.#state };
  }

  #countItems(): Counts {
    let [successful, failed, pnl] = [0, 0, 0];
    for (const item of this.#items.values()) {
      if (item.status === 'failed') failed += 1;
      else {
        successful += 1;
        pnl += item.result.pnl;
      }
    }
    return { successful, failed, pnl };
  }

  #position({ successful, failed }: Pick<Counts, 'successful' | 'failed'>): Position {
    return { current: successful + failed, total: this.#state.universe?.tickers.length ?? 0 };
  }

  #progress(counts: Counts, { ticker, stockMs, etaSeconds }: StepReport): Body<'progress'> {
    const { current, total } = this.#position(counts);
    return {
      current,
      total,
      progress_pct: percentOf(current, total),
      ticker,
      stock_time: toSeconds(stockMs),
      elapsed_time: toSeconds(this.durationMs),
      eta_seconds: etaSeconds,
      successful: counts.successful,
      failed: counts.failed,
      current_pnl: counts.pnl,
    };
  }
}

function toErrorEvents(items: readonly MarketScanItem[], position: Position): MarketScanEventDraft[] {
  return items.flatMap((item) =>
    item.status === 'failed' ? [['error', { ...item.failure, ...position }] as const] : [],
  );
}
