import {
  type Clock,
  type RunEventName,
  type RunEvents,
  type TerminalStatus,
  toIsoTime,
} from '@fast-scanner/shared';
import type { JobChange, StreamAppend } from '../../store/store.ts';
import type { EventLog } from '../../streams/event-log.ts';
import { progressOf, type RunItem, type RunJob, type RunState, toJobItem, totalOf } from './run-record.ts';
import { toRunSignalRecord } from './run-signal-record.ts';
import { percentOf, toMetadata, toRunSummary } from './run-views.ts';
import { RUNS_TOPIC_STREAM, runStreamId } from './scan-runs-service.ts';
import type { Selection } from './select-symbols.ts';

export interface RunLedgerContext {
  readonly eventLog: EventLog;
  readonly clock: Clock;
}

type Body<Name extends RunEventName> = Omit<RunEvents[Name], 'seq' | 'run_id' | 'timestamp'>;

/** An event of a run before it is stored: its name and what is particular to it. */
type RunEventDraft = { [Name in RunEventName]: readonly [Name, Body<Name>] }[RunEventName];

interface LedgerEntry {
  readonly set: Omit<JobChange['set'], 'state'> & { readonly state?: Partial<RunState> } & Partial<
      Pick<RunJob, 'error'>
    >;
  readonly items?: readonly RunItem[];
  readonly events?: readonly RunEventDraft[];
  readonly terminal?: boolean;
  /** Whether the topic hears of the run as it stands afterwards. */
  readonly announce?: boolean;
}

/** What is known of one run, in memory and in the store: both change together, in one write. */
export class RunLedger {
  readonly #context: RunLedgerContext;
  readonly #items: Map<string, RunItem>;
  #job: RunJob;
  #chosen: Pick<RunState, 'symbols' | 'selectionNote'>;
  /** Working time of earlier processes. */
  readonly #workedBeforeMs: number;
  /** Monotonic time from which this process has worked on the run; `null` before. */
  #workingSince: number | null = null;

  constructor(job: RunJob, items: readonly RunItem[], context: RunLedgerContext) {
    this.#job = job;
    const { symbols, selectionNote, durationMs } = job.state;
    this.#chosen = { symbols, selectionNote };
    this.#workedBeforeMs = durationMs;
    this.#items = new Map(items.map((item) => [item.symbol, item]));
    this.#context = context;
  }

  get job(): RunJob {
    return this.#job;
  }

  get items(): readonly RunItem[] {
    return [...this.#items.values()];
  }

  /** The chosen symbols that have not ended. */
  missing(): readonly string[] {
    return this.#job.state.symbols?.filter((symbol) => !this.#items.has(symbol)) ?? [];
  }

  /** The run is taken up, for the first time or after its process went down. */
  async begin(): Promise<void> {
    const { clock } = this.#context;
    this.#workingSince = clock.monotonic();
    const { startedAt, attempts } = this.#job;
    const set = { status: 'running', startedAt: startedAt ?? clock.now(), attempts: attempts + 1 } as const;
    await this.#write({ set, announce: true });
  }

  /** The symbols are chosen, for good. */
  async choose({ symbols, note }: Selection): Promise<void> {
    const { mode, exchange, dataSource: data_source } = this.#job.input;
    const body = { mode, exchange, data_source, total: symbols.length, selection_note: note };
    this.#chosen = { symbols, selectionNote: note }; // before it is stored: a heartbeat meanwhile must not undo it
    await this.#write({
      set: {},
      events: [['runStarted', { ...body, symbols: [...symbols] }]],
    });
  }

  /** Stores how a symbol ended. After a refusal by the store the symbol has not ended. */
  async record(item: RunItem, etaSeconds: number | null): Promise<void> {
    this.#items.set(item.symbol, item);
    try {
      // Only attempts without any progress count.
      await this.#write({
        set: { attempts: 1 },
        items: [item],
        events: [this.#outcomeEvent(item, etaSeconds)],
      });
    } catch (error) {
      this.#items.delete(item.symbol);
      throw error;
    }
  }

  /** Tells those who follow the run why it has to wait. */
  async report(error: Body<'runError'>): Promise<void> {
    await this.#write({ set: {}, events: [['runError', error]] });
  }

  /** Says that somebody is at work on the run. */
  async beat(): Promise<void> {
    await this.#write({ set: {} });
  }

  /** Writes the terminal event, and before it the error that ended the run, if any. */
  async end(status: TerminalStatus, error: RunJob['error']): Promise<void> {
    if (status === 'completed') this.#assertComplete();
    const state = this.#state();
    const metadata = toMetadata({ ...this.#job, state }, this.items);
    const events: RunEventDraft[] = error ? [['runError', { code: error.code, error: error.detail }]] : [];
    events.push(['runEnded', { status, metadata }]);
    const set = { status, error, state, endedAt: this.#context.clock.now() };
    await this.#write({ set, events, terminal: true, announce: true });
  }

  async #write({
    set,
    items = [],
    events = [],
    terminal = false,
    announce = false,
  }: LedgerEntry): Promise<void> {
    const now = this.#context.clock.now();
    const change = { ...set, state: { ...this.#state(), ...set.state }, heartbeatAt: now };
    const next: RunJob = { ...this.#job, ...change };
    await this.#context.eventLog.commit({
      changeJobs: [{ id: this.#job.id, from: ['queued', 'running'], set: change }],
      putItems: items.map((item) => toJobItem(this.#job.id, item, now)),
      putSignals: items.flatMap((item) =>
        item.status === 'signal' ? (toRunSignalRecord(this.#job, item, now) ?? []) : [],
      ),
      appendEvents: [
        ...this.#toAppend(events, { now, terminal }),
        ...(announce ? [toAnnouncement(next, now)] : []),
      ],
    });
    this.#job = { ...this.#job, ...change };
  }

  #toAppend(
    events: readonly RunEventDraft[],
    { now, terminal }: { now: number; terminal: boolean },
  ): StreamAppend[] {
    if (events.length === 0) return [];
    const { id: run_id } = this.#job;
    const timestamp = toIsoTime(now);
    const drafts = events.map(([type, body]) => ({ type, payload: { run_id, ...body, timestamp } }));
    return [{ streamId: runStreamId(run_id), events: drafts, terminal }];
  }

  /** Counts come from the items alone. */
  #state(): RunJob['state'] {
    const count = (status: RunItem['status']) => this.items.filter((item) => item.status === status).length;
    return {
      ...this.#chosen,
      signals: count('signal'),
      rejected: count('rejected'),
      failed: count('failed'),
      durationMs: this.#workedBeforeMs + this.#workedNowMs(),
    };
  }

  #workedNowMs(): number {
    return this.#workingSince === null ? 0 : this.#context.clock.monotonic() - this.#workingSince;
  }

  #outcomeEvent(item: RunItem, eta_seconds: number | null): RunEventDraft {
    const { symbol } = item;
    const [progress, total] = [this.#items.size, totalOf(this.#job)];
    const position = { progress, total, progress_pct: percentOf(progress, total), eta_seconds };
    if (item.status === 'signal') return ['runSignal', { symbol, signal: item.signal, ...position }];
    return ['runRejection', { symbol, reason: item.reason, rejection: item.rejection, ...position }];
  }

  /** requested = signals + rejected + failed: anything else would be a bug, and must not be told as a result. */
  #assertComplete(): void {
    const total = totalOf(this.#job);
    const progress = progressOf({ ...this.#job, state: this.#state() });
    if (progress !== total)
      throw new Error(`run ${this.#job.id} has ${progress} outcomes of ${total} symbols`);
  }
}

/** What the topic is told of a run. */
export function toAnnouncement(job: RunJob, now: number): StreamAppend {
  const payload = { ...toRunSummary(job), timestamp: toIsoTime(now) };
  return { streamId: RUNS_TOPIC_STREAM, events: [{ type: 'runUpdated', payload }] };
}
