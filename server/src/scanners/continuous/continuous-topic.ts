import type { ContinuousEvents } from '@fast-scanner/shared';
import type { Store, StoredEvent, WriteBatch } from '../../store/store.ts';
import type { EventLog } from '../../streams/event-log.ts';
import { trimTopic } from '../common/trim-topic.ts';
import { CONTINUOUS_TOPIC_STREAM } from './continuous-service.ts';

export type TopicEvent = {
  readonly [Name in keyof ContinuousEvents]: {
    readonly type: Name;
    readonly payload: Omit<ContinuousEvents[Name], 'seq'>;
  };
}[keyof ContinuousEvents];

/** What is written together with the events. */
type Beside = Pick<WriteBatch, 'putSettings' | 'putSignals'>;

/** Events after which the oldest are forgotten. */
const TRIM_EVERY = 1_000;
const PAGE = 500;

/** What the continuous scanner tells: one stream that never ends, of which the newest events are kept. */
export class ContinuousTopic {
  readonly #eventLog: EventLog;
  readonly #store: Store;
  #sinceTrim = 0;

  constructor({ eventLog, store }: { readonly eventLog: EventLog; readonly store: Store }) {
    this.#eventLog = eventLog;
    this.#store = store;
  }

  /** Tells the events and writes what stands beside them, all or nothing. */
  async tell(events: readonly TopicEvent[], beside: Beside = {}): Promise<void> {
    await this.#eventLog.commit({ ...beside, appendEvents: [{ streamId: CONTINUOUS_TOPIC_STREAM, events }] });
    this.#sinceTrim += events.length;
    if (this.#sinceTrim < TRIM_EVERY) return;
    this.#sinceTrim = 0;
    await trimTopic(this.#store, CONTINUOUS_TOPIC_STREAM).catch(() => undefined); // the next time it forgets more
  }

  /** The newest events, oldest first, in pages. */
  async *newest(count: number): AsyncGenerator<readonly StoredEvent[]> {
    const { lastSeq } = await this.#eventLog.read(CONTINUOUS_TOPIC_STREAM, 0, 1);
    for (let after = Math.max(0, lastSeq - count); after < lastSeq; ) {
      const { events } = await this.#eventLog.read(CONTINUOUS_TOPIC_STREAM, after, PAGE);
      yield events;
      after = events.at(-1)?.seq ?? lastSeq;
    }
  }
}
