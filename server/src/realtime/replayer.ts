import type { EventLog } from '../streams/event-log.ts';
import type { ClientLine } from './client-line.ts';
import type { Subscription } from './subscription.ts';

export interface ReplayerOptions {
  readonly eventLog: EventLog;
  readonly line: ClientLine;
  /** The log no longer has what follows the last event sent. */
  readonly onTrimmed: (subscription: Subscription, firstSeq: number) => Promise<void>;
  readonly onError: (error: unknown) => void;
}

const PAGE_SIZE = 100;

/** Brings the subscriptions of one client up to date, in turns, a page or less at a time and no faster than the client reads. */
export class Replayer {
  readonly #options: ReplayerOptions;
  readonly #waiting: Subscription[] = [];
  #isRunning = false;

  constructor(options: ReplayerOptions) {
    this.#options = options;
  }

  add(subscription: Subscription): void {
    this.#waiting.push(subscription);
    if (!this.#isRunning) void this.#run();
  }

  async #run(): Promise<void> {
    this.#isRunning = true;
    try {
      for (let next = this.#waiting.shift(); next; next = this.#waiting.shift()) await this.#step(next);
    } catch (error) {
      this.#options.onError(error);
    } finally {
      this.#isRunning = false;
    }
  }

  async #step(subscription: Subscription): Promise<void> {
    await this.#options.line.drained();
    if (subscription.isClosed) return;
    const page = await this.#options.eventLog.read(subscription.streamId, subscription.lastSeq, PAGE_SIZE);
    if (subscription.lastSeq + 1 < page.firstSeq) await this.#options.onTrimmed(subscription, page.firstSeq);
    if (subscription.isClosed) return;
    for (const event of page.events) if (this.#options.line.hasRoom) subscription.deliver([event]);
    // From here on nothing may be awaited: what is published must find the subscription either behind or admitted.
    const isBehind = subscription.lastSeq < page.lastSeq;
    if (!isBehind && page.terminal) subscription.close();
    else if (isBehind || !subscription.room.admit(subscription)) this.#waiting.push(subscription);
  }
}
