import { type Alert, type Clock, ScannerError, toIsoTime } from '@fast-scanner/shared';
import type { StoredEvent, WriteBatch } from '../../store/store.ts';
import type { EventLog } from '../../streams/event-log.ts';
import type { AlertBook } from './alert-book.ts';
import { ALERTS_TOPIC_STREAM, SCANS_TOPIC_STREAM } from './fast-scanner-service.ts';
import type { ScanArchive } from './scan-archive.ts';
import { compareScans } from './scan-diff.ts';
import type { ScanPair, ScanPairs } from './scan-pairs.ts';
import type { ScanJob } from './scan-record.ts';

export interface ChangeTrackerOptions {
  readonly archive: ScanArchive;
  readonly pairs: ScanPairs;
  readonly alerts: AlertBook;
  readonly eventLog: EventLog;
  readonly clock: Clock;
  /** Hears of events once they are stored. */
  readonly onEvents: (events: readonly StoredEvent[]) => void;
}

/**
 * Compares each completed scan with the one before that asked the same, and says what changed and which alerts that gives. What it
 * says and that the scan was compared are one write: a process that dies loses no alert and repeats none.
 */
export class ChangeTracker {
  readonly #options: ChangeTrackerOptions;
  /** Scans that wait to be compared, also for a store that can write again. */
  readonly #waiting: string[] = [];
  #last: Promise<void> = Promise.resolve();

  constructor(options: ChangeTrackerOptions) {
    this.#options = options;
  }

  /** One scan after the other, so that two that end together cannot fire the same alert. */
  announce({ id }: Pick<ScanJob, 'id'>): Promise<void> {
    this.#waiting.push(id);
    const mine = this.#last.then(() => this.#compareWaiting());
    this.#last = mine.catch(() => undefined); // its caller hears of it
    return mine;
  }

  /** Compares the scans that completed just before the last process ended. */
  async catchUp(): Promise<void> {
    for (const job of await this.#options.archive.notCompared()) await this.announce(job);
  }

  async #compareWaiting(): Promise<void> {
    for (let next = this.#waiting[0]; next !== undefined; next = this.#waiting[0]) {
      try {
        await this.#compare(next);
      } catch (error) {
        if (!isPassing(error)) this.#waiting.shift();
        throw error;
      }
      this.#waiting.shift();
    }
  }

  async #compare(scanId: string): Promise<void> {
    const { archive, pairs, alerts, eventLog, onEvents } = this.#options;
    const job = await archive.job(scanId);
    if (job?.status !== 'completed' || job.state.comparison) return;
    await alerts.open();
    const previous = await pairs.previousOf(job);
    const pair = previous && (await pairs.read(job, previous));
    const events = await eventLog.commit({
      changeJobs: [toChange(job, pair)],
      appendEvents: pair ? this.#tell(pair) : [],
    });
    for (const { type, payload, seq } of events) {
      if (type === 'alert') alerts.remember({ ...payload, seq } as Alert); // made by evaluate
    }
    onEvents(events);
  }

  #tell(pair: ScanPair): NonNullable<WriteBatch['appendEvents']> {
    const { alerts, clock } = this.#options;
    const { scanId, previousScanId, before, after } = pair;
    const ids = { scanId, previousScanId, timestamp: toIsoTime(clock.now()) };
    const changed = compareScans(before, after).map((change) => ({
      type: 'signalChanged',
      payload: { ...ids, ...change },
    }));
    return [
      { streamId: SCANS_TOPIC_STREAM, events: changed },
      { streamId: ALERTS_TOPIC_STREAM, events: alerts.evaluate(pair) },
    ];
  }
}

function toChange({ id, state }: ScanJob, pair: ScanPair | null) {
  const comparison = { previousScanId: pair?.previousScanId ?? null };
  return { id, from: ['completed'] as const, set: { state: { ...state, comparison } } };
}

/** Whether the store may take it later. */
function isPassing(error: unknown): boolean {
  return error instanceof ScannerError && (error.code === 'disk_full' || error.code === 'unavailable');
}
