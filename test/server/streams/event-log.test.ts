import assert from 'node:assert/strict';
import { openSqliteStore } from '@fast-scanner/server/store/sqlite/sqlite-store.ts';
import type { EventPage, Store } from '@fast-scanner/server/store/store.ts';
import { createEventLog } from '@fast-scanner/server/streams/create-event-log.ts';
import type { EventLog } from '@fast-scanner/server/streams/event-log.ts';
import { job, someEvents } from '../../contracts/store/records.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

describe('the event log', () => {
  const folder = temporaryFolder();
  let store: Store;
  let log: EventLog;
  let errors: unknown[];
  let heard: string[];

  beforeEach(async () => {
    store = await openSqliteStore({ dataDir: `${folder.path}/${Math.random()}`, clock: new FakeClock() });
    errors = [];
    heard = [];
    log = createEventLog(store, { onListenerError: (error) => errors.push(error) });
  });
  afterEach(() => store.close());

  /** Writes down what is published in a stream as `name: seqs`, with a full stop for the end. */
  const listen = (streamId: string, name = streamId) =>
    log.subscribe(streamId, (events, terminal) => {
      heard.push(`${name}: ${events.map(({ seq }) => seq)}${terminal ? '.' : ''}`);
    });
  const append = (streamId: string, count: number, terminal = false) =>
    log.commit({ appendEvents: [{ streamId, events: someEvents(count), terminal }] });

  it('answers the events numbered and tells each stream of its own, once a commit', async () => {
    listen('a');
    listen('b');
    const answered = await log.commit({
      appendEvents: [
        { streamId: 'a', events: someEvents(2) },
        { streamId: 'b', events: someEvents(1), terminal: true },
        { streamId: 'c', events: someEvents(1) },
        { streamId: 'a', events: someEvents(1) },
      ],
    });
    assert.deepEqual(heard, ['a: 1,2,3', 'b: 1.']);
    assert.deepEqual(
      answered.map(({ streamId, seq }) => streamId + seq),
      ['a1', 'a2', 'b1', 'c1', 'a3'],
    );
    await append('a', 1, true);
    assert.deepEqual(heard.slice(2), ['a: 4.']);
  });

  it('has an event on disk before anyone hears of it', async () => {
    const pages: Promise<EventPage>[] = [];
    log.subscribe('a', () => pages.push(store.readEvents('a', 0, 10)));
    const answered = await append('a', 2);
    assert.deepEqual(
      (await Promise.all(pages)).map(({ events }) => events),
      [answered],
    );
  });

  it('publishes nothing of a refused commit', async () => {
    listen('a');
    await append('a', 1);
    const refused = { createJobs: [job(), job()], appendEvents: [{ streamId: 'a', events: someEvents(1) }] };
    const [refusal, next] = [log.commit(refused), append('a', 1)];
    await assert.rejects(refusal, { code: 'conflict' });
    await next;
    assert.deepEqual(heard, ['a: 1', 'a: 2']);
  });

  it('tells whoever subscribed from the next commit on, until they leave', async () => {
    await append('a', 1);
    const [leaveFirst] = [listen('a', 'first'), listen('a', 'second')];
    await append('a', 1);
    leaveFirst();
    leaveFirst();
    await append('a', 1);
    assert.deepEqual(heard, ['first: 2', 'second: 2', 'second: 3']);
  });

  it('tells the same function as often as it subscribed', async () => {
    let calls = 0;
    const listener = () => {
      calls += 1;
    };
    const leaves = [log.subscribe('a', listener), log.subscribe('a', listener)];
    await append('a', 1);
    leaves[0]?.();
    await append('a', 1);
    assert.equal(calls, 3);
  });

  it('tells nobody who has left, even if another listener made them leave', async () => {
    log.subscribe('a', () => leave());
    const leave = listen('a');
    await append('a', 1);
    assert.deepEqual(heard, []);
  });

  it('reports a listener that throws and lets neither the others nor the commit suffer', async () => {
    const bug = new Error('bug');
    log.subscribe('a', () => {
      throw bug;
    });
    listen('a');
    assert.equal((await append('a', 1)).length, 1);
    assert.deepEqual([heard, errors], [['a: 1'], [bug]]);
  });

  it('reads from the store and knows which streams there are', async () => {
    await append('a', 5, true);
    assert.deepEqual(await log.read('a', 1, 2), await store.readEvents('a', 1, 2));
    assert.equal((await log.read('a', 0)).events.length, 5);
    assert.deepEqual([await log.has('a'), await log.has('b')], [true, false]);
  });

  it('accepts commits without events', async () => {
    assert.deepEqual(await log.commit({ putSettings: { a: 1 } }), []);
    assert.equal(await store.getSetting('a'), 1);
  });
});
