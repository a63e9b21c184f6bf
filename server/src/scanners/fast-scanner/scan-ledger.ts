import {
  type Clock,
  type QuickScanResponse,
  type QuickSignal,
  type ScanEventName,
  type ScanEvents,
  type ScanTotals,
  type SymbolFailure,
  type TerminalStatus,
  toIsoTime,
} from '@fast-scanner/shared';
import type { StoredEvent, WriteBatch } from '../../store/store.ts';
import type { EventLog } from '../../streams/event-log.ts';
import { scanStreamId } from './fast-scanner-service.ts';
import { toQuickScanResponse } from './quick-scan-response.ts';
import { type ScanItem, type ScanJob, type ScanState, toJobItem } from './scan-record.ts';

export interface ScanLedgerContext {
  readonly eventLog: EventLog;
  readonly clock: Clock;
  /** Hears of events once they are stored. */
  readonly onEvents: (events: readonly StoredEvent[]) => void;
}

type Body<Name extends ScanEventName> = Omit<ScanEvents[Name], 'seq' | 'scanId' | 'timestamp'>;

/** An event of a scan before it is stored: its name and what is particular to it. */
export type ScanEventDraft = { [Name in ScanEventName]: readonly [Name, Body<Name>] }[ScanEventName];

export interface LedgerEntry {
  readonly events?: readonly ScanEventDraft[];
  readonly items?: readonly ScanItem[];
  readonly state?: Partial<ScanState>;
  /** Set when the scan ends with this entry; its last event is the terminal one. */
  readonly ended?: ScanEnd;
}

interface ScanEnd {
  readonly status: TerminalStatus;
  readonly error: ScanJob['error'];
}

/** Results of phase 1 that are stored together; a killed process loses and repeats fewer than this many. */
const MEMO_GROUP = 10;

/** What is known of one scan, in memory and in the store: both change together, in one write. */
export class ScanLedger {
  readonly job: ScanJob;
  readonly #context: ScanLedgerContext;
  readonly #items = new Map<string, ScanItem>();
  #state: ScanState;
  #processed: string[] = [];
  #unwritten: ScanItem[] = [];

  constructor(job: ScanJob, items: readonly ScanItem[], context: ScanLedgerContext) {
    this.job = job;
    this.#context = context;
    this.#state = job.state;
    for (const item of items) this.#items.set(item.symbol, item);
  }

  get state(): ScanState {
    return this.#state;
  }

  item(symbol: string): ScanItem | undefined {
    return this.#items.get(symbol);
  }

  /** Everything in the entry is stored, or nothing. Refused with `conflict` once the scan has ended. */
  async write({ events = [], items: newItems = [], state = {}, ended }: LedgerEntry): Promise<void> {
    const items = [...this.#unwritten, ...newItems];
    this.#unwritten = [];
    const { clock, eventLog, onEvents } = this.#context;
    const { id } = this.job;
    const now = clock.now();
    for (const item of items) this.#items.set(item.symbol, item);
    this.#state = { ...this.#state, ...state };
    const end = ended ? { ...ended, endedAt: now } : {};
    const attempts = items.length > 0 ? { attempts: 1 } : {}; // only attempts without any progress count
    const timestamp = toIsoTime(now);
    const batch: WriteBatch = {
      changeJobs: [
        { id, from: ['running'], set: { ...end, ...attempts, state: this.#state, heartbeatAt: now } },
      ],
      putItems: items.map((item) => toJobItem(id, item, now)),
      appendEvents: [
        {
          streamId: scanStreamId(id),
          events: events.map(([type, body]) => ({ type, payload: { scanId: id, ...body, timestamp } })),
          terminal: ended !== undefined,
        },
      ],
    };
    onEvents(await eventLog.commit(batch));
  }

  /** Keeps a result of phase 1. Stored in groups, and with the next entry at the latest: each sync to disk costs a millisecond. */
  async memoize(item: ScanItem): Promise<void> {
    this.#items.set(item.symbol, item);
    this.#unwritten.push(item);
    if (this.#unwritten.length >= MEMO_GROUP) await this.write({});
  }

  /** Stores how phase 2 ended for a symbol, with the progress event that follows it. */
  async completeSymbol(item: ScanItem, event: ScanEventDraft, etaSeconds: number | null): Promise<void> {
    const failed = item.status === 'failed' ? 1 : 0;
    const { completed, failed: failedBefore } = this.#state;
    const state = { completed: completed + 1 - failed, failed: failedBefore + failed };
    this.#processed.push(item.symbol);
    this.#items.set(item.symbol, item);
    this.#state = { ...this.#state, ...state };
    await this.write({
      events: [event, ['analysisProgress', this.#takeProgress(etaSeconds)]],
      items: [item],
    });
  }

  /** Writes the terminal event, and before it the error that ended the scan, if any. */
  async end(status: TerminalStatus, error: ScanJob['error']): Promise<void> {
    const totals = this.totals();
    const events: ScanEventDraft[] = error ? [['scanError', { code: error.code, error: error.detail }]] : [];
    events.push(['deepAnalysisComplete', { status, totals }]);
    await this.write({ events, state: { phase: 'done', skipped: totals.skipped }, ended: { status, error } });
  }

  /** Signals of phase 1, in the order the symbols were asked for. */
  signals(): QuickSignal[] {
    return this.#inOrder().flatMap((item) => item.signal ?? []);
  }

  failures(): SymbolFailure[] {
    return this.#inOrder().flatMap((item) => item.failure ?? []);
  }

  /** Totals as they would stand if the scan ended now. */
  totals(): ScanTotals {
    const { completed, failed } = this.#state;
    const requested = this.job.input.symbols.length;
    return { requested, completed, failed, skipped: requested - completed - failed };
  }

  response(): QuickScanResponse {
    return toQuickScanResponse(this.job, {
      signals: this.signals(),
      failures: this.failures(),
      scanTimeMs: this.#state.scanTimeMs ?? 0,
      now: this.#context.clock.now(),
    });
  }

  #takeProgress(etaSeconds: number | null): Body<'analysisProgress'> {
    const { symbolCount: total, completed } = this.#state;
    const failed = this.#inOrder().filter(({ status }) => status === 'failed').length;
    const done = completed + failed;
    const processed = this.#processed;
    this.#processed = [];
    const progressPct = total === 0 ? 100 : Math.round((done / total) * 1000) / 10;
    return { processed, completed, failed, remaining: total - done, total, progressPct, etaSeconds };
  }

  #inOrder(): ScanItem[] {
    return [...this.#items.values()].sort((a, b) => a.position - b.position);
  }
}
