import assert from 'node:assert/strict';
import { cpSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { openSqliteStore } from '@fast-scanner/server/store/sqlite/sqlite-store.ts';
import { DatabaseSync } from '@photostructure/sqlite';
import { append, storedSeqs } from '../../contracts/store/records.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

/** What may have happened to a database file, and what the error says about it. */
const DAMAGES: readonly (readonly [what: string, damage: (file: string) => void, says: string])[] = [
  ['is garbage', (file) => writeFileSync(file, 'garbage '.repeat(2000)), 'is damaged'],
  ['is empty', (file) => writeFileSync(file, ''), 'holds no data of this product'],
  ['is cut in half', (file) => truncateSync(file, readFileSync(file).length / 2), 'is damaged'],
  ['has lost a page', (file) => zeroPage(file, 5), 'is damaged'],
  ['belongs to another program', (file) => replaceByForeign(file), 'holds no data of this product'],
];

describe('SqliteStore on a damaged database', () => {
  const folder = temporaryFolder();
  let dataDir = '';
  let file = '';
  const open = () => openSqliteStore({ dataDir, clock: new FakeClock() });

  beforeEach(async () => {
    dataDir = `${folder.path}/${Math.random()}`;
    file = `${dataDir}/scanner.sqlite`;
    const store = await open();
    await append(store, 'a', 500);
    await store.close();
  });

  for (const [what, damage, says] of DAMAGES) {
    it(`does not start when the file ${what}, says what to do, and leaves it as it is`, async () => {
      damage(file);
      const before = readFileSync(file);
      const remedy = /^scanner\.sqlite (.+): restore it from a copy, or move it and its -wal file out of .+$/;
      await assert.rejects(open(), (error: Error & { code?: string }) => {
        assert.equal(error.code, 'unavailable');
        assert.equal(remedy.exec(error.message)?.[1], says);
        return true;
      });
      assert.deepEqual(readFileSync(file), before);
    });
  }

  it('does not start empty when the file is gone and its log is left', async () => {
    writeFileSync(`${file}-wal`, 'frames');
    rmSync(file);
    await assert.rejects(
      open(),
      /^ScannerError: scanner\.sqlite is missing while its -wal file is there: restore/,
    );
    rmSync(`${file}-wal`);
    const store = await open();
    assert.deepEqual(await storedSeqs(store, 'a'), []);
    await store.close();
  });

  it('starts anew over a database that was never finished', async () => {
    rmSync(file);
    writeFileSync(`${file}.new`, 'half');
    writeFileSync(`${file}.new-journal`, 'half');
    const store = await open();
    await append(store, 'a', 1);
    await store.close();
  });

  it('drops a torn end of the log and keeps all before it', async () => {
    const store = await open();
    await append(store, 'a', 5);
    const copy = `${folder.path}/copy-of-${Math.random()}`;
    cpSync(dataDir, copy, { recursive: true, filter: (path) => !path.endsWith('-shm') });
    await store.close();
    writeFileSync(`${copy}/scanner.sqlite-wal`, 'torn frame', { flag: 'a' });
    const copied = await openSqliteStore({ dataDir: copy, clock: new FakeClock() });
    assert.equal((await storedSeqs(copied, 'a')).length, 505);
    await copied.close();
  });

  it('does not touch a database of a newer version', async () => {
    const database = new DatabaseSync(file);
    database.exec('INSERT INTO migrations VALUES (999, 0); PRAGMA wal_checkpoint(TRUNCATE)');
    database.close();
    const before = readFileSync(file);
    await assert.rejects(open(), {
      code: 'unavailable',
      message: /newer version \(schema 999, .*\): update/,
    });
    assert.deepEqual(readFileSync(file), before);
  });
});

function zeroPage(file: string, page: number): void {
  const content = readFileSync(file);
  content.fill(0, page * 4096, (page + 1) * 4096);
  writeFileSync(file, content);
}

function replaceByForeign(file: string): void {
  rmSync(file);
  const database = new DatabaseSync(file);
  database.exec('PRAGMA journal_mode = WAL; CREATE TABLE notes (text TEXT)');
  database.close();
}
