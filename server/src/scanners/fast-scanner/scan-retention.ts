import type { Clock } from '@fast-scanner/shared';
import type { Store } from '../../store/store.ts';
import { ALERTS_TOPIC_STREAM, SCANS_TOPIC_STREAM } from './fast-scanner-service.ts';
import { SCAN_JOB } from './scan-record.ts';

const SWEEP_INTERVAL_MS = 600_000;
/** Events kept in each topic's log for late readers. */
const TOPIC_EVENTS_KEPT = 10_000;

export interface ScanRetentionOptions {
  readonly store: Store;
  readonly clock: Clock;
  /** How long ended scans are kept. */
  readonly retentionMs: number;
  readonly onBug: (error: unknown) => void;
}

/** Deletes ended scans that are old enough, with their events, and the oldest events of the topics. */
export class ScanRetention {
  readonly #options: ScanRetentionOptions;
  #cancelNext: () => void = () => undefined;
  #sweeping: Promise<void> = Promise.resolve();

  constructor(options: ScanRetentionOptions) {
    this.#options = options;
  }

  /** Sweeps now and from time to time. */
  start(): void {
    const { clock, onBug } = this.#options;
    this.#cancelNext = clock.schedule(SWEEP_INTERVAL_MS, () => this.start());
    this.#sweeping = this.#sweep().catch(onBug);
  }

  async stop(): Promise<void> {
    this.#cancelNext();
    await this.#sweeping;
  }

  async #sweep(): Promise<void> {
    const { store, clock, retentionMs } = this.#options;
    await store.deleteEndedJobs(SCAN_JOB, clock.now() - retentionMs);
    for (const streamId of [SCANS_TOPIC_STREAM, ALERTS_TOPIC_STREAM]) {
      const { lastSeq } = await store.readEvents(streamId, 0, 1);
      await store.trimEvents(streamId, lastSeq - TOPIC_EVENTS_KEPT);
    }
  }
}
