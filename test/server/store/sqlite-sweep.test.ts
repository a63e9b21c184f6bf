import assert from 'node:assert/strict';
import { Connection } from '@fast-scanner/server/store/sqlite/connection.ts';
import { migrate } from '@fast-scanner/server/store/sqlite/migrate.ts';
import { openSqliteStore, SqliteStore } from '@fast-scanner/server/store/sqlite/sqlite-store.ts';
import type { JobRecord, Store } from '@fast-scanner/server/store/store.ts';
import { append, item, range, run, someEvents, storedSeqs } from '../../contracts/store/records.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { RecordingConnection } from './recording-connection.ts';

const ITEMS = 100;
const EVENTS = 102;
const EMPTIED = { events: [], firstSeq: EVENTS + 1, lastSeq: EVENTS, terminal: true };

/** A connection whose statements fail when their SQL has a text. */
class FailingConnection extends Connection {
  failOn: string | null = null;

  override run(...[sql, values]: Parameters<Connection['run']>): number {
    if (this.failOn && sql.includes(this.failOn)) throw new Error('no power');
    return super.run(sql, values);
  }
}

describe("SqliteStore's sweep", () => {
  const folder = temporaryFolder();
  const clock = new FakeClock();

  it('still holds when the file is opened again, and leaves no row behind', async () => {
    const dataDir = `${folder.path}/data`;
    const open = () => openSqliteStore({ dataDir, clock });
    const store = await open();
    await putEndedRun(store, 'old', 1);
    await putEndedRun(store, 'young', 100);
    assert.deepEqual(await store.sweepEndedJobs('run', 50), ['old']);
    await store.close();

    const again = await open();
    const swept = { ...endedRun('old', 1), sweptAt: clock.now() };
    assert.deepEqual(await again.getJob('old'), swept);
    assert.deepEqual(await again.findJobByKey('run', 'key of old'), swept);
    assert.deepEqual(await again.listJobs({ kind: 'run', limit: 9 }), [endedRun('young', 100), swept]);
    assert.deepEqual(await again.readEvents('run:old', 0, 10), EMPTIED);
    await assert.rejects(append(again, 'run:old', 1), { code: 'conflict' });
    await assert.rejects(again.commit({ putItems: [item({ jobId: 'old' })] }), { code: 'conflict' });
    assert.equal((await again.listItems('young')).length, ITEMS);
    assert.deepEqual(await storedSeqs(again, 'run:young'), range(1, EVENTS));
    assert.deepEqual(await again.sweepEndedJobs('run', 50), []);
    await again.close();

    const file = new Connection(`${dataDir}/scanner.sqlite`);
    const count = (table: string) => file.get(`SELECT count(*) AS rows FROM ${table}`)?.['rows'];
    assert.deepEqual(['jobs', 'job_items', 'events'].map(count), [2, ITEMS, EVENTS]);
    file.close();
  });

  it('sweeps each run in a transaction of its own, and the events of a long stream in slices before', async () => {
    const connection = new RecordingConnection(':memory:');
    migrate(connection, 0);
    const store = new SqliteStore(connection, clock, () => {});
    for (const id of ['a', 'b']) await putEndedRun(store, id, 1);
    await store.commit({ createJobs: [run({ id: 'long', status: 'failed', endedAt: 2 })] });
    await append(store, 'run:long', 1700, true);
    connection.transactions.length = 0;
    await store.sweepEndedJobs('run', 50);
    const whole = ITEMS + EVENTS + 2; // with the job's row and the stream's
    const slices = [501, 501, 201, 502];
    assert.deepEqual(
      connection.transactions.filter((rows) => rows > 0),
      [whole, whole, ...slices],
    );
    await store.close();
  });

  for (const failOn of [
    'UPDATE jobs',
    'DELETE FROM job_items',
    'DELETE FROM events',
    'INSERT INTO streams',
  ]) {
    it(`leaves a run whole when "${failOn}" fails, and the next sweep takes it`, async () => {
      const connection = new FailingConnection(':memory:');
      migrate(connection, 0);
      const store = new SqliteStore(connection, clock, () => {});
      await putEndedRun(store, 'old', 1);
      connection.failOn = failOn;
      await assert.rejects(store.sweepEndedJobs('run', 50), /no power/);
      connection.failOn = null;
      assert.deepEqual(await store.getJob('old'), endedRun('old', 1));
      assert.equal((await store.listItems('old')).length, ITEMS);
      assert.deepEqual(await storedSeqs(store, 'run:old'), range(1, EVENTS));
      assert.deepEqual(await store.sweepEndedJobs('run', 50), ['old']);
      assert.deepEqual(await store.readEvents('run:old', 0, 10), EMPTIED);
      await store.close();
    });
  }
});

function endedRun(id: string, endedAt: number): JobRecord {
  return run({ id, status: 'completed', endedAt, createdAt: endedAt, idempotencyKey: `key of ${id}` });
}

async function putEndedRun(store: Store, id: string, endedAt: number): Promise<void> {
  await store.commit({
    createJobs: [endedRun(id, endedAt)],
    putItems: range(1, ITEMS).map((number) => item({ jobId: id, item: `S${number}/USDT` })),
    appendEvents: [{ streamId: `run:${id}`, events: someEvents(EVENTS), terminal: true }],
  });
}
