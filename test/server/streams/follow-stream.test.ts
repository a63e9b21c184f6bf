import assert from 'node:assert/strict';
import type { EventLog } from '@fast-scanner/server/streams/event-log.ts';
import { followStream } from '@fast-scanner/server/streams/follow-stream.ts';

describe("a follower's subscription", () => {
  let subscribed: number;
  const event = { streamId: 'a', seq: 1, type: 't', payload: {}, at: 0 };
  const log: Pick<EventLog, 'read' | 'subscribe'> = {
    read: async () => ({ events: [event], firstSeq: 1, lastSeq: 1, terminal: false }),
    subscribe: () => {
      subscribed += 1;
      let isLeft = false;
      return () => {
        if (!isLeft) subscribed -= 1;
        isLeft = true;
      };
    },
  };
  const follow = (signal: AbortSignal) => followStream(log, 'a', { afterSeq: 0, signal });

  beforeEach(() => {
    subscribed = 0;
  });

  it('begins before the first read', async () => {
    const follower = follow(new AbortController().signal);
    const first = follower.next();
    assert.equal(subscribed, 1);
    await first;
    await follower.return();
  });

  it('ends when the reader leaves', async () => {
    for await (const events of follow(new AbortController().signal)) {
      assert.deepEqual([events, subscribed], [[event], 1]);
      break;
    }
    assert.equal(subscribed, 0);
  });

  it('ends with the abort even if the reader never comes back', async () => {
    const controller = new AbortController();
    await follow(controller.signal).next();
    assert.equal(subscribed, 1);
    controller.abort();
    assert.equal(subscribed, 0);
  });

  it('ends when the store fails, and the failure is told', async () => {
    const failure = new Error('store');
    const broken = { ...log, read: () => Promise.reject(failure) };
    const options = { afterSeq: 0, signal: new AbortController().signal };
    await assert.rejects(followStream(broken, 'a', options).next(), failure);
    assert.equal(subscribed, 0);
  });
});
