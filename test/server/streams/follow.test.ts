import assert from 'node:assert/strict';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { openSqliteStore } from '@fast-scanner/server/store/sqlite/sqlite-store.ts';
import type { Store, StoredEvent } from '@fast-scanner/server/store/store.ts';
import { createEventLog } from '@fast-scanner/server/streams/create-event-log.ts';
import type { EventLog } from '@fast-scanner/server/streams/event-log.ts';
import fc from 'fast-check';
import { range, someEvents } from '../../contracts/store/records.ts';
import { eventually } from '../../support/eventually.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const NEVER = new AbortController().signal;
const LARGEST_BATCH = 256;

describe('following a stream', () => {
  const folder = temporaryFolder();
  let store: Store;
  let log: EventLog;
  let reads: number;

  beforeEach(async () => {
    store = await openSqliteStore({ dataDir: `${folder.path}/${Math.random()}`, clock: new FakeClock() });
    reads = 0;
    const { readEvents } = store;
    store.readEvents = (...query) => {
      reads += 1;
      return readEvents.apply(store, query);
    };
    log = createEventLog(store, { onListenerError: assert.ifError });
  });
  afterEach(() => store.close());

  const append = (streamId: string, count: number, terminal = false) =>
    log.commit({ appendEvents: [{ streamId, events: someEvents(count), terminal }] });

  it('replays what comes after a seq and ends after the terminal event', async () => {
    await append('a', 4, true);
    assert.deepEqual(await collect(log.follow('a', 0, NEVER)), [1, 2, 3, 4]);
    assert.deepEqual(await collect(log.follow('a', 3, NEVER)), [4]);
    assert.deepEqual(await collect(log.follow('a', 4, NEVER)), []);
  });

  it('goes live on a stream that does not exist yet', async () => {
    const followed = collect(log.follow('a', 0, NEVER));
    await nextTurn();
    await append('a', 2);
    await append('a', 1, true);
    assert.deepEqual(await followed, [1, 2, 3]);
  });

  it('ends with the stream even for a follower that asked for later events than there ever were', async () => {
    const followed = collect(log.follow('a', 20, NEVER));
    await eventually(() => assert.equal(reads, 1));
    await append('a', 3, true);
    assert.deepEqual(await followed, []);
  });

  it('gives every follower every event once and in order, whenever it starts and however slow it is', async () => {
    const commit = fc.record({ count: fc.constantFrom(1, 1, 2, 7, 200, 300), turns: fc.nat(2) });
    const follower = fc.record({
      startsAfter: fc.nat(8),
      afterSeq: fc.nat(20),
      slowness: fc.constantFrom(0, 0, 1, 9),
    });
    let round = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(commit, { maxLength: 8 }),
        fc.array(follower, { minLength: 1, maxLength: 4 }),
        async (commits, followers) => {
          round += 1;
          const streamId = `stream-${round}`;
          const followed = followers.map(async ({ startsAfter, afterSeq, slowness }) => {
            await turns(startsAfter);
            return collect(log.follow(streamId, afterSeq, NEVER), slowness);
          });
          for (const { count, turns: pause } of commits) {
            void append(streamId, count);
            await turns(pause);
          }
          await append(streamId, 1, true);
          const { lastSeq } = await log.read(streamId, 0, 1);
          for (const [index, seqs] of (await Promise.all(followed)).entries()) {
            assert.deepEqual(seqs, range((followers[index]?.afterSeq ?? 0) + 1, lastSeq));
          }
        },
      ),
      { numRuns: 40, seed: 23 },
    );
  });

  it('reads the store once as long as it keeps up', async () => {
    const followed = collect(log.follow('a', 0, NEVER));
    await eventually(() => assert.equal(reads, 1));
    for (let index = 0; index < 50; index += 1) await append('a', 2, index === 49);
    assert.deepEqual(await followed, range(1, 100));
    assert.equal(reads, 1);
  });

  it('buffers little for a reader that stands still: it reads the store again, in pages', async () => {
    const follower = log.follow('a', 0, NEVER)[Symbol.asyncIterator]();
    const first = follower.next();
    await append('a', 1);
    assert.equal((await first).value?.length, 1);
    for (let index = 0; index < 20; index += 1) await append('a', 100);
    await append('a', 1, true);
    const readsBefore = reads;
    const sizes: number[] = [];
    for (let next = await follower.next(); !next.done; next = await follower.next())
      sizes.push(next.value.length);
    assert.equal(
      sizes.reduce((sum, size) => sum + size, 0),
      2001,
    );
    assert.ok(Math.max(...sizes) <= LARGEST_BATCH);
    assert.ok(reads - readsBefore >= 2001 / LARGEST_BATCH - 1, 'from the store');
  });

  it('ends at once when it is aborted while it waits', async () => {
    const controller = new AbortController();
    await append('a', 1);
    const followed = collect(log.follow('a', 0, controller.signal));
    await eventually(() => assert.equal(reads, 1));
    await nextTurn();
    controller.abort();
    assert.deepEqual(await followed, [1]);
  });

  it('lets many followers share a signal without a warning of a leak', async () => {
    const warnings: Error[] = [];
    const collectWarning = (warning: Error) => warnings.push(warning);
    process.on('warning', collectWarning);
    const controller = new AbortController();
    const followed = range(1, 50).map(() => collect(log.follow('a', 0, controller.signal)));
    await eventually(() => assert.equal(reads, 50));
    controller.abort();
    await Promise.all(followed);
    await nextTurn();
    process.off('warning', collectWarning);
    assert.deepEqual(warnings, []);
  });

  it('gives nothing more once it is aborted, and nothing at all when it was before', async () => {
    const controller = new AbortController();
    await append('a', 600);
    const seqs: number[] = [];
    for await (const events of log.follow('a', 0, controller.signal)) {
      seqs.push(...events.map(({ seq }) => seq));
      controller.abort();
    }
    assert.deepEqual(seqs, range(1, LARGEST_BATCH));
    assert.deepEqual(await collect(log.follow('a', 0, controller.signal)), []);
  });

  it('says that the events are gone when they were trimmed, before or while it reads', async () => {
    await append('a', 600);
    const late = log.follow('a', 0, NEVER)[Symbol.asyncIterator]();
    await late.next();
    await store.trimEvents('a', 500);
    await assert.rejects(late.next(), { code: 'gone' });
    await assert.rejects(collect(log.follow('a', 499, NEVER)), { name: 'ScannerError', code: 'gone' });
    const rest = log.follow('a', 500, NEVER)[Symbol.asyncIterator]();
    assert.equal((await rest.next()).value?.[0]?.seq, 501);
    await rest.return?.();
  });
});

async function collect(batches: AsyncIterable<readonly StoredEvent[]>, slowness = 0): Promise<number[]> {
  const seqs: number[] = [];
  for await (const events of batches) {
    assert.ok(events.length > 0 && events.length <= LARGEST_BATCH);
    seqs.push(...events.map(({ seq }) => seq));
    await turns(slowness);
  }
  return seqs;
}

async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn += 1) await nextTurn();
}
