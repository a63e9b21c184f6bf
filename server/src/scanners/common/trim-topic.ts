import type { Store } from '../../store/store.ts';

/** Events kept in each topic's log for late readers. */
const TOPIC_EVENTS_KEPT = 10_000;

/** Forgets the oldest events of a topic, whose stream never ends. */
export async function trimTopic(store: Store, streamId: string): Promise<void> {
  const { lastSeq } = await store.readEvents(streamId, 0, 1);
  await store.trimEvents(streamId, lastSeq - TOPIC_EVENTS_KEPT);
}
