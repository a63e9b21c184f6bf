import assert from 'node:assert/strict';
import { append, range, someEvents, storedSeqs } from './records.ts';
import type { StoreBench } from './store-bench.ts';

export function describeEvents(bench: StoreBench): void {
  it('numbers the events of each stream 1, 2, 3 … and answers them in the order of the batch', async () => {
    const store = await bench.open();
    await append(store, 'a', 2);
    const { events } = await store.commit({
      appendEvents: [
        { streamId: 'a', events: someEvents(2) },
        { streamId: 'b', events: someEvents(1) },
        { streamId: 'a', events: someEvents(1) },
      ],
    });
    assert.deepEqual(
      events.map(({ streamId, seq }) => `${streamId}${seq}`),
      ['a3', 'a4', 'b1', 'a5'],
    );
    assert.deepEqual(await storedSeqs(store, 'a'), range(1, 5));
  });

  it('answers events as they will be read, with the time of the commit', async () => {
    const store = await bench.open();
    const payload = { text: 'é\u0000😀', nested: { list: [1, null] }, unset: undefined };
    const { events } = await store.commit({
      appendEvents: [{ streamId: 'a', events: [{ type: 't', payload }] }],
    });
    const expected = {
      streamId: 'a',
      seq: 1,
      type: 't',
      at: bench.clock.now(),
      payload: { text: 'é\u0000😀', nested: { list: [1, null] } },
    };
    assert.deepEqual(events, [expected]);
    assert.deepEqual((await store.readEvents('a', 0, 10)).events, [expected]);
  });

  it('reads page by page after a seq', async () => {
    const store = await bench.open();
    await append(store, 'a', 5);
    const page = await store.readEvents('a', 1, 2);
    assert.deepEqual(
      page.events.map(({ seq }) => seq),
      [2, 3],
    );
    assert.deepEqual([page.firstSeq, page.lastSeq, page.terminal], [1, 5, false]);
    assert.deepEqual((await store.readEvents('a', 5, 10)).events, []);
    assert.deepEqual((await store.readEvents('a', 99, 10)).lastSeq, 5);
    assert.deepEqual((await store.readEvents('a', 0, 0)).events, []);
  });

  it('answers an empty page for a stream it does not know', async () => {
    const store = await bench.open();
    assert.equal(await store.hasStream('a'), false);
    const empty = { events: [], firstSeq: 1, lastSeq: 0, terminal: false };
    assert.deepEqual(await store.readEvents('a', 0, 10), empty);
    await append(store, 'a', 1);
    assert.equal(await store.hasStream('a'), true);
  });

  it('ends a stream with a terminal append and refuses more', async () => {
    const store = await bench.open();
    await append(store, 'a', 1);
    await append(store, 'a', 2, true);
    await assert.rejects(append(store, 'a', 1), { code: 'conflict' });
    await assert.rejects(append(store, 'a', 1, true), { code: 'conflict' });
    const page = await store.readEvents('a', 0, 10);
    assert.deepEqual([page.events.length, page.lastSeq, page.terminal], [3, 3, true]);
    await append(store, 'b', 1);
  });

  it('makes no stream of no events, and ends none without an event', async () => {
    const store = await bench.open();
    assert.deepEqual(await store.commit({ appendEvents: [{ streamId: 'a', events: [] }] }), { events: [] });
    assert.equal(await store.hasStream('a'), false);
    await assert.rejects(append(store, 'a', 0, true), TypeError);
  });
}
