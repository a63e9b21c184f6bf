import assert from 'node:assert/strict';
import { ScanSchedule } from '@fast-scanner/server/scanners/fast-scanner/scan-schedule.ts';
import { openSqliteStore } from '@fast-scanner/server/store/sqlite/sqlite-store.ts';
import type { Store } from '@fast-scanner/server/store/store.ts';
import { ScannerError, type Schedule } from '@fast-scanner/shared';
import { FakeClock } from '../../../support/fake-clock.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

const START = Date.UTC(2026, 0, 5, 12, 7);
const DEFAULTS: Schedule = {
  enabled: true,
  intervalMinutes: 15,
  symbols: null,
  exchange: null,
  timeframe: '1h',
};
const MINUTE = 60_000;

describe('the scan schedule', () => {
  const folder = temporaryFolder();
  let store: Store;
  let clock: FakeClock;
  let slots: string[];
  let busy: boolean;
  let running: ScanSchedule[];

  beforeEach(async () => {
    clock = new FakeClock(START);
    store = await openSqliteStore({ dataDir: `${folder.path}/${Math.random()}`, clock });
    slots = [];
    busy = false;
    running = [];
  });
  afterEach(async () => {
    for (const schedule of running) await schedule.stop();
    await store.close();
  });

  async function start(
    defaults = DEFAULTS,
    onBug: (error: unknown) => void = assert.ifError,
  ): Promise<ScanSchedule> {
    const schedule = new ScanSchedule({
      store,
      clock,
      defaults,
      startScan: async (_, slot) => {
        slots.push(slot.slice(11, 16));
        return `scan_${slots.length}`;
      },
      isBusy: () => busy,
      onBug,
    });
    running.push(schedule);
    await schedule.start();
    return schedule;
  }

  it('runs shortly after the first start, then at each aligned slot', async () => {
    const schedule = await start();
    await clock.advance(2000);
    assert.deepEqual(slots, ['12:00']);
    assert.equal(schedule.nextScanAt, '2026-01-05T12:15:00.000Z');
    await clock.advance(40 * MINUTE);
    assert.deepEqual(slots, ['12:00', '12:15', '12:30', '12:45']);
  });

  it('does not run a slot again after a restart within it', async () => {
    const first = await start();
    await clock.advance(2000);
    await first.stop();
    await start();
    await clock.advance(MINUTE);
    assert.deepEqual(slots, ['12:00']);
  });

  it('makes up for slots missed while down with one scan, and says so', async () => {
    const first = await start();
    await clock.advance(2000);
    await first.stop();
    await clock.advance(47 * MINUTE);
    const second = await start();
    await clock.advance(2000);
    assert.deepEqual(slots, ['12:00', '12:45']);
    assert.equal(second.describe().lastSlot?.outcome, 'caught_up');
  });

  it('records a slot as skipped while the scan before still runs', async () => {
    const schedule = await start();
    await clock.advance(2000);
    busy = true;
    await clock.advance(10 * MINUTE);
    assert.deepEqual(slots, ['12:00']);
    assert.equal(schedule.describe().lastSlot?.outcome, 'skipped');
    busy = false;
    await clock.advance(15 * MINUTE);
    assert.deepEqual(slots, ['12:00', '12:30']);
  });

  it('neither doubles nor stalls when the wall clock jumps', async () => {
    await start();
    await clock.advance(2000);
    clock.jumpWall(60 * MINUTE);
    await clock.advance(2000);
    assert.deepEqual(slots, ['12:00', '13:00']);
    clock.jumpWall(-60 * MINUTE);
    await clock.advance(20 * MINUTE);
    assert.deepEqual(slots, ['12:00', '13:00'], 'the repeated hour is not scanned twice');
  });

  it('says when the next slot is due after the wall clock was set back', async () => {
    const schedule = await start();
    await clock.advance(2000);
    clock.jumpWall(-60 * MINUTE);
    assert.equal(schedule.nextScanAt, '2026-01-05T12:15:00.000Z');
  });

  it('does not wait for a wall clock that was wrong by more than a day', async () => {
    clock.jumpWall(400 * 24 * 60 * MINUTE);
    const schedule = await start();
    await clock.advance(2000);
    clock.jumpWall(-400 * 24 * 60 * MINUTE);
    await clock.advance(2000);
    assert.equal(slots.length, 2);
    assert.equal(schedule.nextScanAt, '2026-01-05T12:15:00.000Z');
  });

  it('starts a slot once though its outcome cannot be stored', async () => {
    const { commit } = store;
    store.commit = () => Promise.reject(new ScannerError('disk_full', 'no space left'));
    const errors: unknown[] = [];
    const schedule = await start(DEFAULTS, (error) => errors.push(error));
    await clock.advance(10_000);
    store.commit = commit;
    assert.deepEqual(slots, ['12:00']);
    assert.equal(schedule.describe().lastSlot?.outcome, 'started');
    assert.equal(errors.length, 1);
  });

  it('obeys changes at once and remembers them', async () => {
    const schedule = await start();
    await clock.advance(2000);
    await schedule.update({ ...DEFAULTS, enabled: false });
    assert.equal(schedule.nextScanAt, null);
    await clock.advance(60 * MINUTE);
    assert.deepEqual(slots, ['12:00']);
    await schedule.update({ ...DEFAULTS, intervalMinutes: 5 });
    await schedule.stop();
    const again = await start();
    assert.equal(again.describe().schedule.intervalMinutes, 5);
    await clock.advance(6 * MINUTE);
    assert.deepEqual(slots, ['12:00', '13:05', '13:10']);
  });

  it('records the reason of a slot that could not start', async () => {
    const schedule = new ScanSchedule({
      store,
      clock,
      defaults: DEFAULTS,
      startScan: () => Promise.reject(new Error('exchange gone')),
      isBusy: () => false,
      onBug: assert.ifError,
    });
    running.push(schedule);
    await schedule.start();
    await clock.advance(2000);
    const slot = schedule.describe().lastSlot;
    assert.deepEqual([slot?.outcome, slot?.detail], ['failed', 'exchange gone']);
  });
});
