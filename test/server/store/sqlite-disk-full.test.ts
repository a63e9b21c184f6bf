import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, rmSync, writeSync } from 'node:fs';
import { openDatabase } from '@fast-scanner/server/store/sqlite/open-database.ts';
import { openSqliteStore, SqliteStore } from '@fast-scanner/server/store/sqlite/sqlite-store.ts';
import type { Store } from '@fast-scanner/server/store/store.ts';
import { append, job, range, storedSeqs } from '../../contracts/store/records.ts';
import { hourlyCandles, SERIES, signal } from '../../contracts/store/signal-records.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const DISK_FULL = { name: 'ScannerError', code: 'disk_full' };

describe('SqliteStore on a full disk', () => {
  const folder = temporaryFolder();
  const clock = new FakeClock();

  it('refuses writes, goes on reading and recovers without a restart: the database may not grow (max_page_count)', async () => {
    const dataDir = `${folder.path}/limited`;
    mkdirSync(dataDir);
    const connection = openDatabase(dataDir, 0);
    const store = new SqliteStore(connection, clock, () => {});
    await assertSurvives(store, {
      fill: () => connection.exec('PRAGMA max_page_count = 1'), // SQLite takes it as: as large as now
      free: () => connection.exec('PRAGMA max_page_count = 100000'),
    });
    await store.close();
  });

  it('keeps signals and candles whole on a full disk and takes them again after it', async () => {
    const dataDir = `${folder.path}/signals`;
    mkdirSync(dataDir);
    const connection = openDatabase(dataDir, 0);
    const store = new SqliteStore(connection, clock, () => {});
    connection.exec('PRAGMA max_page_count = 1'); // SQLite takes it as: as large as now
    const signals = await untilFull((number) => store.commit({ putSignals: [signal({ id: `s${number}` })] }));
    const hours = await untilFull((hour) =>
      store.archiveCandles([{ ...SERIES, candles: hourlyCandles(hour, 1) }]),
    );
    await assert.rejects(store.ping(), DISK_FULL);
    assert.equal((await store.listScoredSignals({}, '', 100_000)).length, signals);
    assert.equal(await store.signalsVersion(), signals);
    assert.deepEqual(await store.readArchivedCandles(SERIES, 0, 1e15), hourlyCandles(0, hours));
    connection.exec('PRAGMA max_page_count = 100000');
    await store.ping();
    await store.commit({ putSignals: [signal({ id: 'after' })] });
    await store.archiveCandles([{ ...SERIES, candles: hourlyCandles(hours, 100) }]);
    assert.deepEqual(await store.readArchivedCandles(SERIES, 0, 1e15), hourlyCandles(0, hours + 100));
    await store.close();
  });

  it('refuses writes, goes on reading and recovers without a restart: a full file system (tmpfs)', async function () {
    const disk = mountTmpfs(`${folder.path}/disk`);
    if (!disk) {
      console.log('skipped: no tmpfs can be mounted by this user');
      this.skip();
    }
    try {
      const open = () => openSqliteStore({ dataDir: `${disk.path}/data`, clock });
      const store = await open();
      await assertSurvives(store, disk);
      await store.close();
      const again = await open();
      const seqs = await storedSeqs(again, 'a');
      assert.deepEqual(seqs, range(1, seqs.length));
      await again.close();
      disk.fill();
      await assert.rejects(openSqliteStore({ dataDir: `${disk.path}/new`, clock }), DISK_FULL);
    } finally {
      disk.unmount();
    }
  });
});

/** Answers how many writes were acknowledged before the disk was full. */
async function untilFull(write: (number: number) => Promise<unknown>): Promise<number> {
  for (let number = 0; number < 10_000; number += 1) {
    try {
      await write(number);
    } catch (error) {
      assert.throws(() => {
        throw error;
      }, DISK_FULL);
      return number;
    }
  }
  return assert.fail('the disk is never full');
}

interface Disk {
  fill(): void;
  free(): void;
}

async function assertSurvives(store: Store, { fill, free }: Disk): Promise<void> {
  await store.commit({ createJobs: [job()] });
  await append(store, 'a', 10);
  fill();
  let acknowledged = 10;
  await assert.rejects(async () => {
    for (;;) {
      await append(store, 'a', 100);
      acknowledged += 100;
      assert.ok(acknowledged < 100_000, 'the disk is never full');
    }
  }, DISK_FULL);
  await assert.rejects(store.ping(), DISK_FULL);
  await assert.rejects(store.ping(), DISK_FULL);
  assert.deepEqual(await store.getJob('job-1'), job());
  assert.deepEqual(await storedSeqs(store, 'a'), range(1, acknowledged));
  free();
  await store.ping();
  await append(store, 'a', 100);
  assert.deepEqual(await storedSeqs(store, 'a'), range(1, acknowledged + 100), 'no seq is lost');
}

/** A file system of 1 MB; `null` when this user may not mount one. */
function mountTmpfs(path: string): (Disk & { readonly path: string; unmount(): void }) | null {
  mkdirSync(path);
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', path]);
  if (mounted.status !== 0) return null;
  const filler = `${path}/filler`;
  return {
    path,
    fill: () => fillDisk(filler),
    free: () => rmSync(filler),
    unmount: () => spawnSync('umount', ['--lazy', path]),
  };
}

function fillDisk(file: string): void {
  const descriptor = openSync(file, 'w');
  try {
    for (;;) writeSync(descriptor, Buffer.alloc(4096));
  } catch {
    closeSync(descriptor);
  }
}
