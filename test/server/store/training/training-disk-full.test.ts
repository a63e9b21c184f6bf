import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, rmSync, writeSync } from 'node:fs';
import { type FileLayer, nodeFiles } from '@fast-scanner/server/store/training/file-layer.ts';
import { openTrainingStore } from '@fast-scanner/server/store/training/open-training-store.ts';
import type { TrainingStore } from '@fast-scanner/server/store/training/training-store.ts';
import { candles, DAY_MS, NOON, readAll, series, signal } from '../../../contracts/training/records.ts';
import { FakeClock } from '../../../support/fake-clock.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';
import { quickFiles } from './quick-files.ts';
import { assertAllLoad, assertManifestIsTrue } from './visible-files.ts';

const DISK_FULL = { name: 'ScannerError', code: 'disk_full' };
const YESTERDAY = NOON - DAY_MS;

/** A disk that can be filled; writes to it then get as far as there is room. */
class LimitedDisk implements FileLayer {
  readonly read = nodeFiles.read;
  readonly truncate = nodeFiles.truncate;
  readonly syncFile = quickFiles.syncFile;
  readonly syncFolder = quickFiles.syncFolder;
  readonly rename = nodeFiles.rename;
  readonly remove = nodeFiles.remove;
  readonly makeFolder = nodeFiles.makeFolder;
  readonly realPath = nodeFiles.realPath;
  readonly list = nodeFiles.list;
  /** Bytes that still fit. */
  room = Number.POSITIVE_INFINITY;
  code = 'ENOSPC';

  async write(path: string, bytes: Uint8Array, { position }: { readonly position: number }): Promise<void> {
    const fits = bytes.subarray(0, Math.max(0, this.room));
    this.room -= bytes.length;
    await nodeFiles.write(path, fits, { position });
    if (fits.length < bytes.length)
      throw Object.assign(new Error(`${this.code}: write`), { code: this.code, syscall: 'write' });
  }
}

describe('training data on a full disk', () => {
  const temporary = temporaryFolder();
  const clock = new FakeClock(NOON);
  const open = (folder: string, files?: FileLayer) =>
    openTrainingStore({ folder, clock, retentionDays: 3650, ...(files ? { files } : {}) });

  it('refuse writes, are read all the same, and resume by themselves: a file system of 1 MB (tmpfs)', async function () {
    const disk = mountTmpfs(`${temporary.path}/disk`);
    if (!disk) {
      console.log('skipped: no tmpfs can be mounted by this user');
      this.skip();
    }
    try {
      const folder = `${disk.path}/training_data`;
      const store = await open(folder);
      disk.fill();
      const acknowledged = await fillUp(store);
      assert.deepEqual(await signalTimes(store), acknowledged);
      await assertAllLoad(folder);
      disk.free();
      await store.ping();
      await store.append({ signals: [signal(NOON + 1e6)] });
      await store.close();
      await assertAllLoad(folder);
      await assertManifestIsTrue(folder);
      const again = await open(folder);
      assert.deepEqual(await signalTimes(again), [...acknowledged, NOON + 1e6]);
      await again.close();
    } finally {
      disk.unmount();
    }
  });

  it('keep nothing of a write for which there was half the room, wherever it stopped', async () => {
    const folder = `${temporary.path}/half`;
    const disk = new LimitedDisk();
    const store = await open(folder, disk);
    const expected: number[] = [];
    for (let room = 0; room < 4000; room += 250) {
      disk.room = room;
      const time = NOON + room;
      const write = store.append({ signals: [signal(time), signal(time + 1)] });
      const outcome = await write.then(
        () => 'written',
        (error: { code: string }) => error.code,
      );
      if (outcome === 'written') expected.push(time, time + 1);
      else assert.equal(outcome, 'disk_full');
      assert.deepEqual(await signalTimes(store), expected);
      await assertAllLoad(folder);
    }
    disk.room = Number.POSITIVE_INFINITY;
    await store.ping();
    await store.append({ signals: [signal(NOON + 5000)] });
    await store.close();
    await assertManifestIsTrue(folder);
    const again = await open(folder, disk);
    assert.deepEqual(await signalTimes(again), [...expected, NOON + 5000]);
    await again.close();
  });

  it('say in the ping that they are not in their files yet, until they are', async () => {
    const disk = new LimitedDisk();
    const folder = `${temporary.path}/ping`;
    const store = await open(folder, disk);
    disk.room = 700; // for the journal, not for the file too
    assert.equal((await store.append({ signals: [signal(NOON), signal(NOON + 1)] })).written, 2);
    await assert.rejects(store.ping(), DISK_FULL);
    assert.deepEqual(await signalTimes(store), [NOON, NOON + 1], 'they are on disk and are read');
    disk.room = 1e6;
    await store.ping();
    await store.close();
    await assertManifestIsTrue(folder);
  });

  it('are not sealed, say so in the ping, and are sealed when there is room', async () => {
    const disk = new LimitedDisk();
    const folder = `${temporary.path}/seal`;
    const store = await open(folder, disk);
    await store.append({ candles: [{ ...series(), columns: candles(YESTERDAY, 100) }] });
    await store.maintain();
    const late = candles(YESTERDAY + 200 * 60_000, 104);
    await store.append({ candles: [{ ...series(), columns: late }] });
    const before = await readAll(store);
    disk.room = 3000;
    await assert.rejects(store.maintain(), DISK_FULL);
    disk.room = 1e6;
    await assert.rejects(store.ping(), DISK_FULL, 'as long as it was not tried again');
    disk.room = 0;
    assert.deepEqual(await readAll(store), before);
    await assertAllLoad(folder);
    disk.room = 1e6;
    assert.equal((await store.maintain()).sealed.length, 1);
    await store.ping();
    assert.deepEqual(await readAll(store), before);
    await store.close();
  });

  it('are opened, with what could be kept', async () => {
    const disk = new LimitedDisk();
    const folder = `${temporary.path}/opened`;
    const store = await open(folder, disk);
    await store.append({ signals: [signal(NOON)] });
    disk.room = 0;
    await store.close();
    const again = await open(folder, disk);
    assert.deepEqual(await signalTimes(again), [NOON]);
    await assert.rejects(again.append({ signals: [signal(NOON + 1)] }), DISK_FULL);
    disk.room = 1e6;
    await again.ping();
    await again.append({ signals: [signal(NOON + 1)] });
    await again.close();
  });

  it('are unavailable when the disk fails in another way', async () => {
    const disk = new LimitedDisk();
    const store = await open(`${temporary.path}/eio`, disk);
    await store.append({ signals: [signal(NOON)] });
    Object.assign(disk, { room: 100, code: 'EIO' });
    const failing = { code: 'unavailable', message: /^the training data cannot be used: EIO/ };
    await assert.rejects(store.append({ signals: [signal(NOON + 1)] }), failing);
    await assert.rejects(store.ping(), failing);
    disk.room = 1e6;
    assert.equal((await store.append({ signals: [signal(NOON), signal(NOON + 1)] })).written, 1);
    await store.ping();
    await store.close();
  });
});

/** Appends until the disk is full; answers the times that were acknowledged. */
async function fillUp(store: TrainingStore): Promise<number[]> {
  const acknowledged: number[] = [];
  await assert.rejects(async () => {
    for (let time = NOON; ; time += 100) {
      const times = Array.from({ length: 100 }, (_, index) => time + index);
      await store.append({ signals: times.map((each) => signal(each)) });
      acknowledged.push(...times);
      assert.ok(acknowledged.length < 100_000, 'the disk is never full');
    }
  }, DISK_FULL);
  await assert.rejects(store.ping(), DISK_FULL);
  return acknowledged;
}

async function signalTimes(store: TrainingStore): Promise<number[]> {
  const { signals } = await readAll(store);
  return signals.map(({ candleCloseTime }) => Date.parse(candleCloseTime));
}

interface Disk {
  readonly path: string;
  fill(): void;
  free(): void;
  unmount(): void;
}

/** A file system of 1 MB; `null` when this user may not mount one. */
function mountTmpfs(path: string): Disk | null {
  mkdirSync(path);
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', path]);
  if (mounted.status !== 0) return null;
  const filler = `${path}/filler`;
  return {
    path,
    fill: () => writeHalfMegabyte(filler),
    free: () => rmSync(filler),
    unmount: () => spawnSync('umount', ['--lazy', path]),
  };
}

function writeHalfMegabyte(file: string): void {
  const descriptor = openSync(file, 'w');
  writeSync(descriptor, Buffer.alloc(512 * 1024));
  closeSync(descriptor);
}
