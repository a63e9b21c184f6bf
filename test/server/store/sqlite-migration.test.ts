import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { Connection } from '@fast-scanner/server/store/sqlite/connection.ts';
import { migrate } from '@fast-scanner/server/store/sqlite/migrate.ts';
import { MIGRATIONS } from '@fast-scanner/server/store/sqlite/migrations.ts';
import { openSqliteStore } from '@fast-scanner/server/store/sqlite/sqlite-store.ts';
import { append, item, job, range, storedSeqs } from '../../contracts/store/records.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

/** A completed and a running job with an item and events each, as the first version wrote them. */
const FIRST_ROWS = `
  INSERT INTO jobs (id, kind, status, exchange, attempts, idempotency_key, created_at, started_at, ended_at, heartbeat_at,
    input_json, state_json, error_json)
  VALUES ('old', 'scan', 'completed', 'demo', 1, 'key', 1000, 1001.5, 5, 1002, '{"symbols":["BTC/USDT"]}', '{"phase":"quick"}', 'null'),
    ('busy', 'scan', 'running', 'demo', 1, NULL, 1000, 1001.5, NULL, 1002, '{"symbols":["BTC/USDT"]}', '{"phase":"quick"}', 'null');
  INSERT INTO job_items SELECT id, 'BTC/USDT', kind, exchange, 0, 'signal', 2000, '{"strength":0.5}' FROM jobs;
  INSERT INTO streams VALUES ('scan:old', 1, 2, 1), ('scan:busy', 1, 1, 0);
  INSERT INTO events (stream_id, seq, type, at, payload_json)
  VALUES ('scan:old', 1, 'told', 3, '{}'), ('scan:old', 2, 'told', 4, '{}'), ('scan:busy', 1, 'told', 3, '{}');
  INSERT INTO settings VALUES ('a', '[1]');
`;

describe('SqliteStore on a database of an older version', () => {
  const folder = temporaryFolder();
  const clock = new FakeClock();
  let dataDir = '';
  const open = () => openSqliteStore({ dataDir, clock });
  const old = job({ id: 'old', status: 'completed', endedAt: 5, idempotencyKey: 'key' });
  const busy = job({ id: 'busy' });

  beforeEach(() => {
    dataDir = `${folder.path}/${Math.random()}`;
    mkdirSync(dataDir);
    const connection = new Connection(`${dataDir}/scanner.sqlite`);
    migrate(connection, 0, MIGRATIONS.slice(0, 1));
    connection.exec(FIRST_ROWS);
    connection.close();
  });

  it('has everything it had, with nothing swept', async () => {
    const store = await open();
    assert.deepEqual(await store.getJob('old'), old);
    assert.deepEqual(await store.findJobByKey('scan', 'key'), old);
    assert.deepEqual(await store.listJobs({ kind: 'scan', limit: 10 }), [old, busy]);
    for (const jobId of ['old', 'busy']) assert.deepEqual(await store.listItems(jobId), [item({ jobId })]);
    assert.deepEqual(await storedSeqs(store, 'scan:old'), [1, 2]);
    assert.deepEqual(await store.getSetting('a'), [1]);
    await store.close();
  });

  it('goes on where it was: jobs change, streams grow, ended jobs are swept, and all that is there when opened again', async () => {
    const store = await open();
    await append(store, 'scan:busy', 2);
    await store.commit({ putItems: [item({ jobId: 'busy', item: 'ETH/USDT', position: 1 })] });
    assert.deepEqual(await store.sweepEndedJobs('scan', 6), ['old']);
    await store.close();
    const again = await open();
    assert.deepEqual(await again.getJob('old'), { ...old, sweptAt: clock.now() });
    assert.deepEqual(await again.listItems('old'), []);
    assert.deepEqual(await storedSeqs(again, 'scan:busy'), range(1, 3));
    assert.equal((await again.listItems('busy')).length, 2);
    await again.close();
  });

  it('takes each step of the schema once', async () => {
    for (let start = 0; start < 2; start += 1) await (await open()).close();
    const connection = new Connection(`${dataDir}/scanner.sqlite`);
    const taken = connection.all('SELECT number, at FROM migrations ORDER BY number');
    connection.close();
    const later = range(2, MIGRATIONS.length).map((number) => ({ number, at: clock.now() }));
    assert.deepEqual(
      taken.map(({ number, at }) => ({ number, at })),
      [{ number: 1, at: 0 }, ...later],
    );
  });
});
