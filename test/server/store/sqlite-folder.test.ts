import assert from 'node:assert/strict';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { openSqliteStore } from '@fast-scanner/server/store/sqlite/sqlite-store.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { CommittingProcess } from './committing-process.ts';

describe("SqliteStore's data folder", () => {
  const folder = temporaryFolder();
  const open = (dataDir: string) => openSqliteStore({ dataDir, clock: new FakeClock() });
  const inUseBy = (pid: number) => ({
    code: 'unavailable',
    message: new RegExp(`in use by process ${pid};`),
  });

  it('is created with its parents, for its owner alone', async () => {
    const dataDir = `${folder.path}/parent/data`;
    await (await open(dataDir)).close();
    assert.equal(statSync(dataDir).mode & 0o777, 0o700);
  });

  it('belongs to one store at a time, and to the next when that is closed', async () => {
    const dataDir = `${folder.path}/one`;
    const store = await open(dataDir);
    await assert.rejects(open(dataDir), inUseBy(process.pid));
    await store.commit({ putSettings: { a: 1 } });
    await store.close();
    const next = await open(dataDir);
    assert.equal(await next.getSetting('a'), 1);
    await next.close();
  });

  it('names the process that uses it, and is free at once when that is killed', async () => {
    const dataDir = `${folder.path}/killed`;
    const other = new CommittingProcess(dataDir);
    await other.untilAcknowledged(1);
    await assert.rejects(open(dataDir), inUseBy(other.pid));
    await other.kill();
    await (await open(dataDir)).close();
  });

  it('is free again after a failed start', async () => {
    const dataDir = `${folder.path}/failed`;
    await (await open(dataDir)).close();
    const whole = readFileSync(`${dataDir}/scanner.sqlite`);
    writeFileSync(`${dataDir}/scanner.sqlite`, 'damaged');
    await assert.rejects(open(dataDir), /damaged/);
    writeFileSync(`${dataDir}/scanner.sqlite`, whole);
    await (await open(dataDir)).close();
  });

  it('holds everything in one file once the store is closed', async () => {
    const dataDir = `${folder.path}/closed`;
    const store = await open(dataDir);
    await store.commit({ putSettings: { a: 1 } });
    assert.ok(statSync(`${dataDir}/scanner.sqlite-wal`).size > 0);
    await store.close();
    assert.equal(statSync(`${dataDir}/scanner.sqlite-wal`, { throwIfNoEntry: false })?.size ?? 0, 0);
  });

  it('may not be a file', async () => {
    const file = `${folder.path}/one/scanner.sqlite`;
    assert.ok(existsSync(file));
    await assert.rejects(open(file), { code: 'unavailable', message: /EEXIST/ });
  });
});
