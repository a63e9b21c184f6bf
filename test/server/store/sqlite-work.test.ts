import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { assertSqliteVersion } from '@fast-scanner/server/store/sqlite/assert-sqlite-version.ts';
import { migrate } from '@fast-scanner/server/store/sqlite/migrate.ts';
import { openDatabase } from '@fast-scanner/server/store/sqlite/open-database.ts';
import { SqliteStore } from '@fast-scanner/server/store/sqlite/sqlite-store.ts';
import { append, item, job } from '../../contracts/store/records.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { RecordingConnection } from './recording-connection.ts';

describe("SqliteStore's work", () => {
  const folder = temporaryFolder();
  let connection: RecordingConnection;
  let store: SqliteStore;

  beforeEach(() => {
    connection = new RecordingConnection(':memory:');
    migrate(connection, 0);
    store = new SqliteStore(connection, new FakeClock(), () => {});
    connection.transactions.length = 0;
  });
  afterEach(() => store.close());

  it('writes the commits of one turn in one transaction', async () => {
    await Promise.all(Array.from({ length: 20 }, (_, index) => append(store, `s${index}`, 1)));
    assert.equal(connection.transactions.length, 1);
  });

  it('writes at most about 100 rows in a transaction, unless one batch is larger', async () => {
    const sizes = [60, 60, 1, 250, 99, 1, 1];
    await Promise.all(sizes.map((size, index) => append(store, `s${index}`, size)));
    const streamRows = [1, 2, 1, 2, 1];
    assert.deepEqual(
      connection.transactions.map((rows, index) => rows - (streamRows[index] ?? 0)),
      [60, 61, 250, 100, 1],
    );
  });

  it('deletes in slices', async () => {
    await store.commit({ createJobs: [job({ status: 'completed', endedAt: 1 })] });
    await append(store, 'scan:job-1', 1700);
    await append(store, 'topic', 1200);
    connection.transactions.length = 0;
    await store.deleteEndedJobs('scan', 2);
    await store.trimEvents('topic', 1100);
    assert.ok(connection.transactions.length > 5);
    assert.ok(Math.max(...connection.transactions) <= 501, `${connection.transactions}`);
  });

  it('answers every query from an index, in order', async () => {
    await store.commit({ createJobs: [job()], putItems: [item()] });
    connection.plans.length = 0;
    const before = { createdAt: 1, id: 'a' };
    await store.listJobs({ kind: 'scan', limit: 5 });
    await store.listJobs({ kind: 'scan', limit: 5, before, statuses: ['failed'], exchange: 'e', item: 'i' });
    await store.findNewestItem({ kind: 'scan', item: 'a' });
    await store.findNewestItem({ kind: 'scan', item: 'a', exchange: 'e', statuses: ['s'] });
    await store.readEvents('s', 3, 5);
    await store.getJob('a');
    await store.findJobByKey('scan', 'a');
    await store.deleteEndedJobs('scan', 1);
    await store.sweepEndedJobs('scan', 1);
    assert.equal(connection.plans.length, 10);
    assert.match(connection.plans.at(-1) ?? '', /jobs_unswept/);
    const allEnded = "SELECT id FROM jobs INDEXED BY jobs_unswept WHERE kind = 'scan' AND ended_at < 1";
    assert.throws(() => connection.all(allEnded), /no query solution/, 'the index holds no swept jobs');
    for (const plan of connection.plans) {
      assert.match(plan, /^SEARCH/);
      assert.doesNotMatch(plan, /TEMP B-TREE|SCAN (?!json_each)/);
    }
  });

  it('syncs every commit to disk', () => {
    mkdirSync(`${folder.path}/data`);
    const durable = openDatabase(`${folder.path}/data`, 0);
    const pragma = (name: string) => Object.values(durable.get(`PRAGMA ${name}`) ?? {})[0];
    const FULL = 2;
    assert.deepEqual(
      [pragma('journal_mode'), pragma('synchronous'), pragma('foreign_keys')],
      ['wal', FULL, 1],
    );
    durable.close();
  });

  it('needs SQLite 3.51.3', () => {
    for (const version of ['3.51.3', '3.51.10', '3.53.0', '4.0.0']) assertSqliteVersion(version);
    for (const version of ['3.51.2', '3.50.9', '2.99.99', '', 'new'])
      assert.throws(() => assertSqliteVersion(version), /3\.51\.3 or newer/);
  });

  it('treats a mistake in its SQL as a bug, not as an expected failure', async () => {
    connection.exec('DROP TABLE settings');
    await assert.rejects(store.getSetting('a'), { name: 'Error', message: /no such table/ });
  });
});
