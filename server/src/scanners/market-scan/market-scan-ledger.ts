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
  type MarketScanItem,
  type MarketScanJob,
  type MarketScanState,
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

/** A step of the work, and the stock whose end it was. */
export interface StepReport {
  readonly ticker: string;
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
  /** Monotonic time from which this process has worked on it; `null` before. */
  #workingSince: number | null = null;

  constructor(job: MarketScanJob, items: readonly MarketScanItem[], context: MarketScanLedgerContext) {
    this.#job = job;
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

  has(ticker: string): boolean {
    return this.#items.has(ticker);
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

  /** The stocks are known, for good. */
  async choose(universe: Universe): Promise<void> {
    const total = universe.tickers.length;
    const message = `${this.#job.input.strategy} over ${total} symbols of ${universe.name}`;
    await this.#write({
      state: { universe },
      events: [['start', { total_stocks: total, total, message }]],
    });
  }

  /** Stores how stocks of a scan ended, with an error event for each that failed and the progress after them. */
  async record(items: readonly MarketScanItem[], step: StepReport): Promise<void> {
    for (const item of items) this.#items.set(item.ticker, item);
    const counts = this.#counts();
    try {
      await this.#write({
        set: { attempts: 1 }, // only attempts without any progress count
        state: { ...counts, etaSeconds: step.etaSeconds },
        items,
        events: [...this.#errorEvents(items, counts), ['progress', this.#progress(counts, step)]],
      });
    } catch (error) {
      for (const { ticker } of items) this.#items.delete(ticker);
      throw error;
    }
  }

  /** Reports a step of a sweep, which stores no stocks. What an earlier process has told is not told again. */
  async advance(counts: Pick<MarketScanState, 'successful' | 'failed'>, step: StepReport): Promise<void> {
    const { successful, failed } = this.#job.state;
    if (counts.successful + counts.failed <= successful + failed) return;
    const state = { ...counts, pnl: 0, etaSeconds: step.etaSeconds };
    await this.#write({
      set: { attempts: 1 },
      state,
      events: [['progress', this.#progress(state, step)]],
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

  async #write({ set = {}, state, items = [], events = [], terminal = false }: LedgerEntry): Promise<void> {
    const { id } = this.#job;
    const now = this.#context.clock.now();
    const merged = { ...this.#job.state, durationMs: this.durationMs, ...state };
    const change = { ...set, state: merged, heartbeatAt: now };
    const timestamp = toIsoTime(now);
    const drafts = events.map(([type, body]) => ({ type, payload: { job_id: id, ...body, timestamp } }));
    await this.#context.eventLog.commit({
      changeJobs: [{ id, from: ['queued', 'running'], set: change }],
      putItems: items.map((item) => toJobItem(id, item, now)),
      appendEvents:
        drafts.length === 0 ? [] : [{ streamId: marketScanStreamId(id), events: drafts, terminal }],
    });
    this.#job = { ...this.#job, ...change };
  }

  #counts(): Pick<MarketScanState, 'successful' | 'failed' | 'pnl'> {
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

  #total(): number {
    return this.#job.state.universe?.tickers.length ?? 0;
  }

  #progress(
    { successful, failed, pnl }: Pick<MarketScanState, 'successful' | 'failed' | 'pnl'>,
    { ticker, stockMs, etaSeconds }: StepReport,
  ): Body<'progress'> {
    const [current, total] = [successful + failed, this.#total()];
    return {
      current,
      total,
      progress_pct: percentOf(current, total),
      ticker,
      stock_time: toSeconds(stockMs),
      elapsed_time: toSeconds(this.durationMs),
      eta_seconds: etaSeconds,
      successful,
      failed,
      current_pnl: pnl,
    };
  }

  #errorEvents(
    items: readonly MarketScanItem[],
    { successful, failed }: Pick<MarketScanState, 'successful' | 'failed'>,
  ): MarketScanEventDraft[] {
    const position = { current: successful + failed, total: this.#total() };
    return items.flatMap((item) =>
      item.status === 'failed' ? [['error', { ...item.failure, ...position }] as const] : [],
    );
  }
}
