import {
  type Clock,
  type QuickScanResponse,
  type QuickSignal,
  type ScanEventName,
  type ScanEvents,
  ScannerError,
  type ScanTotals,
  type SymbolFailure,
  type TerminalStatus,
  toIsoTime,
} from '@fast-scanner/shared';
import type { SignalRecord } from '../../store/signal-record.ts';
import type { StoredEvent, WriteBatch } from '../../store/store.ts';
import type { EventLog } from '../../streams/event-log.ts';
import { toScanSignalRecord } from '../common/scan-signal-record.ts';
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
  /** New results of symbols whose signal is known. */
  readonly items?: readonly ScanItem[];
  readonly state?: Partial<Pick<ScanState, 'phase' | 'symbolCount' | 'scanTimeMs'>>;
  /** Set when the scan ends with this entry; its last event is the terminal one. */
  readonly ended?: ScanEnd;
}

interface ScanEnd {
  readonly status: TerminalStatus;
  readonly error: ScanJob['error'];
}

function toSignalRecord({ signal: quick, deep }: ScanItem, recordedAt: number): SignalRecord[] {
  return quick ? [toScanSignalRecord({ quick, deep, recordedAt }, 'scan')] : [];
}

/** Results of phase 1 that are stored together; a killed process loses and repeats fewer than this many. */
const MEMO_GROUP = 10;

/** What is known of one scan, in memory and in the store: both change together, in one write. */
export class ScanLedger {
  readonly job: ScanJob;
  readonly #context: ScanLedgerContext;
  readonly #items = new Map<string, ScanItem>();
  #state: ScanState;
  /** Results of phase 1 that are not stored yet. */
  #unwritten: readonly ScanItem[] = [];

  constructor(job: ScanJob, items: readonly ScanItem[], context: ScanLedgerContext) {
    this.job = job;
    this.#context = context;
    this.#state = job.state;
    this.#put(items);
  }

  get state(): ScanState {
    return this.#state;
  }

  item(symbol: string): ScanItem | undefined {
    return this.#items.get(symbol);
  }

  /**
   * Everything in the entry is stored, or nothing; after a refusal its items are as they were before.
   * @throws ScannerError `conflict` once the scan has ended, `disk_full`, `unavailable`
   */
  async write(entry: LedgerEntry): Promise<void> {
    const { items: newItems = [], state = {} } = entry;
    const known = newItems.flatMap(({ symbol }) => this.#items.get(symbol) ?? []);
    const memos = this.#unwritten;
    this.#unwritten = [];
    this.#put(newItems);
    this.#state = { ...this.#state, ...state, ...this.#countNow(entry.ended) };
    let events: readonly StoredEvent[];
    try {
      events = await this.#context.eventLog.commit(this.#toBatch([...memos, ...newItems], entry));
    } catch (error) {
      this.#put(known);
      // What the store cannot take at all must not be in the way of the scan's end.
      if (error instanceof ScannerError) this.#unwritten = [...memos, ...this.#unwritten];
      else for (const { symbol } of memos) this.#items.delete(symbol);
      throw error;
    }
    this.#context.onEvents(events);
  }

  #toBatch(items: readonly ScanItem[], { events = [], ended }: LedgerEntry): WriteBatch {
    const { id } = this.job;
    const now = this.#context.clock.now();
    const end = ended ? { ...ended, endedAt: now } : {};
    const attempts = items.length > 0 ? { attempts: 1 } : {}; // only attempts without any progress count
    const timestamp = toIsoTime(now);
    return {
      changeJobs: [
        { id, from: ['running'], set: { ...end, ...attempts, state: this.#state, heartbeatAt: now } },
      ],
      putItems: items.map((item) => toJobItem(id, item, now)),
      putSignals: this.#finalItems(items, ended).flatMap((item) => toSignalRecord(item, now)),
      appendEvents: [
        {
          streamId: scanStreamId(id),
          events: events.map(([type, body]) => ({ type, payload: { scanId: id, ...body, timestamp } })),
          terminal: ended !== undefined,
        },
      ],
    };
  }

  /** Items whose signal nothing will be added to. When the scan ends early, those are also the ones that wait for phase 2. */
  #finalItems(items: readonly ScanItem[], ended: ScanEnd | undefined): readonly ScanItem[] {
    if (!this.job.input.analyze) return items;
    const waiting = ended ? this.#inOrder().filter(({ status }) => status === 'quick_scan') : [];
    return [...items.filter(({ status }) => status !== 'quick_scan'), ...waiting];
  }

  #put(items: readonly ScanItem[]): void {
    for (const item of items) this.#items.set(item.symbol, item);
  }

  /** Counts come from the items alone; what is missing counts as skipped only once the scan has ended. */
  #countNow(ended: ScanEnd | undefined): Pick<ScanState, 'completed' | 'failed' | 'skipped'> {
    const { completed, failed, skipped } = this.totals();
    return { completed, failed, skipped: ended ? skipped : 0 };
  }

  /** Keeps a result of phase 1. Stored in groups, and with the next entry at the latest: each sync to disk costs a millisecond. */
  async memoize(item: ScanItem): Promise<void> {
    this.#put([item]);
    this.#unwritten = [...this.#unwritten, item];
    if (this.#unwritten.length >= MEMO_GROUP) await this.write({});
  }

  /** Stores how phase 2 ended for a symbol, with the progress event that follows it. */
  async completeSymbol(item: ScanItem, event: ScanEventDraft, etaSeconds: number | null): Promise<void> {
    const progress = this.#progressAfter(item, etaSeconds);
    await this.write({ events: [event, ['analysisProgress', progress]], items: [item] });
  }

  /** Writes the terminal event, and before it the error that ended the scan, if any. */
  async end(status: TerminalStatus, error: ScanJob['error']): Promise<void> {
    const totals = this.totals();
    const events: ScanEventDraft[] = error ? [['scanError', { code: error.code, error: error.detail }]] : [];
    events.push(['deepAnalysisComplete', { status, totals }]);
    await this.write({ events, state: { phase: 'done' }, ended: { status, error } });
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
    const { symbols, analyze } = this.job.input;
    const requested = symbols.length;
    const completed = this.#count((item) => item.status === (analyze ? 'complete' : 'quick_scan'));
    const failed = this.#count(({ failure }) => failure !== null);
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

  #progressAfter({ symbol, status }: ScanItem, etaSeconds: number | null): Body<'analysisProgress'> {
    const { symbolCount: total } = this.#state;
    const completed = this.#count((item) => item.status === 'complete') + Number(status === 'complete');
    const failed = this.#count((item) => item.status === 'failed') + Number(status === 'failed');
    const done = completed + failed;
    const progressPct = Math.round((done / total) * 1000) / 10;
    return {
      processed: [symbol],
      completed,
      failed,
      remaining: total - done,
      total,
      progressPct,
      etaSeconds,
    };
  }

  #count(matches: (item: ScanItem) => boolean): number {
    let count = 0;
    for (const item of this.#items.values()) if (matches(item)) count += 1;
    return count;
  }

  #inOrder(): ScanItem[] {
    return [...this.#items.values()].sort((a, b) => a.position - b.position);
  }
}
