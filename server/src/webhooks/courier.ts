import { type Alert, type Clock, ScannerError, sleep, toIsoTime } from '@fast-scanner/shared';
import { ALERTS_TOPIC_STREAM } from '../scanners/fast-scanner/fast-scanner-service.ts';
import type { StoredEvent } from '../store/store.ts';
import type { EventLog } from '../streams/event-log.ts';
import { progressAfter } from './after-attempt.ts';
import { createAlertDelivery } from './delivery.ts';
import type { Sender } from './sender.ts';
import type { WebhookBook } from './webhook-book.ts';
import { isAskedFor, type Progress, type StoredWebhook } from './webhook-record.ts';

export interface CourierOptions {
  readonly webhook: StoredWebhook;
  readonly book: WebhookBook;
  readonly eventLog: EventLog;
  readonly sender: Sender;
  readonly clock: Clock;
  /** 0 to 1, for the pauses between attempts. */
  readonly random: () => number;
  /** Hears of errors that are no expected failure. */
  readonly onBug: (error: unknown) => void;
}

/** Longest wait for a due time: a clock that was set back must not stop deliveries. */
const MOST_WAIT_MS = 3_600_000;
/** Pause after the log could not be read. */
const RECOVERY_MS = 5000;

/**
 * Carries the alerts of the topic's log to one webhook, in their order, from where it was left. An alert may arrive twice when the
 * process dies between the answer and its note, with the same delivery id; none is left out.
 */
export class Courier {
  readonly webhook: StoredWebhook;
  readonly #options: CourierOptions;
  readonly #stopping = new AbortController();
  #work: Promise<void> = Promise.resolve();
  #hasSkipped = false;

  constructor(options: CourierOptions) {
    this.webhook = options.webhook;
    this.#options = options;
  }

  start(): void {
    this.#work = this.#run();
  }

  /** Breaks off what is under way; it is taken up again by the next courier. Idempotent. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#work;
  }

  async #run(): Promise<void> {
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      try {
        await this.#follow();
      } catch (error) {
        if (!signal.aborted) await this.#recover(error);
      }
    }
  }

  async #follow(): Promise<void> {
    const { eventLog, book } = this.#options;
    const { signal } = this.#stopping;
    const { cursor } = book.progress(this.webhook.id);
    for await (const events of eventLog.follow(ALERTS_TOPIC_STREAM, cursor, signal)) {
      for (const event of events) await this.#take(event);
      await this.#saveSkipped();
    }
  }

  get #progress(): Progress {
    return this.#options.book.progress(this.webhook.id);
  }

  async #take({ payload, seq }: StoredEvent): Promise<void> {
    const alert = { ...payload, seq } as Alert; // the topic has no other events
    if (isAskedFor(this.webhook, alert)) return this.#deliver(alert);
    this.#options.book.note(this.webhook.id, { ...this.#progress, cursor: seq });
    this.#hasSkipped = true;
  }

  async #deliver(alert: Alert): Promise<void> {
    const { sender, clock, random } = this.#options;
    const { signal } = this.#stopping;
    const { seq } = alert;
    const delivery = createAlertDelivery(this.webhook.id, alert);
    const { deliveryId } = delivery;
    while (this.#progress.cursor < seq) {
      await this.#untilDue(seq);
      const attempt = await sender.attempt(this.webhook, delivery, signal);
      const made = { seq, deliveryId, attempt, nowMs: clock.now(), random };
      await this.#save(progressAfter(this.#progress, made));
    }
  }

  /** Alerts that were not asked for are noted together. */
  async #saveSkipped(): Promise<void> {
    if (this.#hasSkipped) await this.#save(this.#progress);
  }

  async #untilDue(seq: number): Promise<void> {
    const { clock } = this.#options;
    const { waiting } = this.#progress;
    if (waiting?.seq !== seq) return;
    const waitMs = Math.min(waiting.dueAt - clock.now(), MOST_WAIT_MS);
    if (waitMs > 0) await sleep(clock, waitMs, this.#stopping.signal);
  }

  /** A store that cannot write costs at most a repetition after a restart. */
  async #save(progress: Progress): Promise<void> {
    this.#hasSkipped = false;
    await this.#options.book.save(this.webhook.id, progress).catch((error) => this.#report(error));
  }

  async #recover(error: unknown): Promise<void> {
    if (error instanceof ScannerError && error.code === 'gone') return this.#skipTrimmed();
    this.#report(error);
    await sleep(this.#options.clock, RECOVERY_MS, this.#stopping.signal).catch(() => undefined); // stopped
  }

  async #skipTrimmed(): Promise<void> {
    const { eventLog, clock } = this.#options;
    const { firstSeq } = await eventLog.read(ALERTS_TOPIC_STREAM, 0, 1);
    const lost = firstSeq - 1 - this.#progress.cursor;
    const detail = `${lost} alerts were deleted before they could be delivered`;
    await this.#save({
      ...this.#progress,
      cursor: firstSeq - 1,
      waiting: null,
      failed: this.#progress.failed + lost,
      lastError: { at: toIsoTime(clock.now()), detail },
    });
  }

  #report(error: unknown): void {
    if (!(error instanceof ScannerError)) this.#options.onBug(error);
  }
}
