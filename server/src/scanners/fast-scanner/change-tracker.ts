import { type Alert, type Clock, toIsoTime } from '@fast-scanner/shared';
import type { StoredEvent } from '../../store/store.ts';
import type { EventLog } from '../../streams/event-log.ts';
import type { AlertBook } from './alert-book.ts';
import { ALERTS_TOPIC_STREAM, SCANS_TOPIC_STREAM } from './fast-scanner-service.ts';
import type { ScanArchive } from './scan-archive.ts';
import { compareScans } from './scan-diff.ts';
import type { ScanJob } from './scan-record.ts';

export interface ChangeTrackerOptions {
  readonly archive: ScanArchive;
  readonly alerts: AlertBook;
  readonly eventLog: EventLog;
  readonly clock: Clock;
  /** Hears of events once they are stored. */
  readonly onEvents: (events: readonly StoredEvent[]) => void;
}

/** Compares each ended scan with the one before that asked the same, and says what changed and which alerts that gives. */
export class ChangeTracker {
  readonly #options: ChangeTrackerOptions;
  #last: Promise<void> = Promise.resolve();

  constructor(options: ChangeTrackerOptions) {
    this.#options = options;
  }

  /** One scan after the other, so that two that end together cannot fire the same alert. */
  announce(job: ScanJob): Promise<void> {
    const mine = this.#last.then(() => this.#announce(job));
    this.#last = mine.catch(() => undefined); // its caller hears of it
    return mine;
  }

  async #announce(job: ScanJob): Promise<void> {
    const { archive, alerts, eventLog, clock, onEvents } = this.#options;
    const previous = await archive.previousOf(job);
    if (!previous) return;
    const [before, results] = await Promise.all([archive.results(previous.id), archive.results(job.id)]);
    const changes = compareScans(before, results);
    const scans = { previousScanId: previous.id, scanId: job.id, changes, results };
    const ids = { scanId: job.id, previousScanId: previous.id, timestamp: toIsoTime(clock.now()) };
    const changed = changes.map((change) => ({ type: 'signalChanged', payload: { ...ids, ...change } }));
    const fired = alerts.evaluate(scans);
    const events = await eventLog.commit({
      appendEvents: [
        { streamId: SCANS_TOPIC_STREAM, events: changed },
        { streamId: ALERTS_TOPIC_STREAM, events: fired },
      ],
    });
    for (const { type, payload, seq } of events) {
      if (type === 'alert') alerts.remember({ ...payload, seq } as Alert); // made by evaluate
    }
    onEvents(events);
  }
}
