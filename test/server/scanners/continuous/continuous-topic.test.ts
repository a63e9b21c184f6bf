import assert from 'node:assert/strict';
import { CONTINUOUS_TOPIC_STREAM } from '@fast-scanner/server/scanners/continuous/continuous-service.ts';
import {
  ContinuousTopic,
  type TopicEvent,
} from '@fast-scanner/server/scanners/continuous/continuous-topic.ts';
import { openSqliteStore } from '@fast-scanner/server/store/sqlite/sqlite-store.ts';
import type { Store } from '@fast-scanner/server/store/store.ts';
import { createEventLog } from '@fast-scanner/server/streams/create-event-log.ts';
import { FakeClock } from '../../../support/fake-clock.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';
import { sampleSignal } from './sample-signal.ts';

describe('the topic of the continuous scanner', () => {
  const folder = temporaryFolder();
  let store: Store;
  before(async () => {
    store = await openSqliteStore({ dataDir: folder.path, clock: new FakeClock() });
  });
  after(() => store.close());

  it('keeps the newest ten thousand events, and reads the newest of them back in order', async () => {
    const topic = new ContinuousTopic({
      store,
      eventLog: createEventLog(store, { onListenerError: assert.ifError }),
    });
    const event: TopicEvent = { type: 'continuousSignal', payload: sampleSignal(1) };
    for (let call = 0; call < 11; call += 1) await topic.tell(Array.from({ length: 1_000 }, () => event));
    const { firstSeq, lastSeq } = await store.readEvents(CONTINUOUS_TOPIC_STREAM, 0, 1);
    assert.deepEqual([firstSeq, lastSeq], [1_001, 11_000]);
    const seqs: number[] = [];
    for await (const events of topic.newest(1_200)) seqs.push(...events.map(({ seq }) => seq));
    assert.deepEqual(
      seqs,
      Array.from({ length: 1_200 }, (_, index) => 9_801 + index),
    );
  });
});
