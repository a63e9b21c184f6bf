import assert from 'node:assert/strict';
import { Loop, type LoopOptions } from '@fast-scanner/server/scanners/continuous/loop.ts';
import { ScannerError, sleep } from '@fast-scanner/shared';
import { FakeClock } from '../../../support/fake-clock.ts';

const INTERVAL_MS = 1_000;

function setup(work: (run: number, signal: AbortSignal) => Promise<void>, more: Partial<LoopOptions> = {}) {
  const clock = new FakeClock();
  const begunAt: number[] = [];
  const changes: string[] = [];
  const bugs: unknown[] = [];
  const loop = new Loop({
    clock,
    intervalMs: INTERVAL_MS,
    work: (signal) => {
      begunAt.push(clock.monotonic());
      return work(begunAt.length, signal);
    },
    onChange: async (change) => {
      changes.push(change);
    },
    onBug: (error) => bugs.push(error),
    ...more,
  });
  return { clock, loop, begunAt, changes, bugs };
}

const failing = () => Promise.reject(new ScannerError('no_data', 'nothing there'));

describe('a loop', () => {
  it('runs at once and then at the multiples of its interval, however long the work takes', async () => {
    const { clock, loop, begunAt } = setup((run, signal) => sleep(clock, (run * 137) % 900, signal));
    loop.start();
    await clock.advance(200 * INTERVAL_MS);
    assert.deepEqual(
      begunAt,
      Array.from({ length: 201 }, (_, run) => run * INTERVAL_MS),
    );
    assert.equal(loop.state.skipped, 0);
    await loop.stop();
  });

  it('leaves out what is due during a run, counts it and keeps to the multiples', async () => {
    const { clock, loop, begunAt } = setup((run) => sleep(clock, run === 2 ? 3_400 : 0));
    loop.start();
    await clock.advance(6_500);
    assert.deepEqual(begunAt, [0, 1_000, 5_000, 6_000]);
    assert.equal(loop.state.skipped, 3);
    await loop.stop();
  });

  it('never has two runs at the same time', async () => {
    let running = 0;
    const { clock, loop } = setup(async (run, signal) => {
      running += 1;
      assert.equal(running, 1);
      await sleep(clock, run * 700, signal).finally(() => {
        running -= 1;
      });
    });
    loop.start();
    await clock.advance(30_000);
    await loop.stop();
    assert.equal(loop.state.errors, 0);
  });

  it('tells how late its last run began and how long it took', async () => {
    const { clock, loop } = setup(() => sleep(clock, 250));
    assert.deepEqual([loop.state.last_run_at, loop.state.lag_ms], [null, null]);
    const schedule = clock.schedule.bind(clock);
    let lateMs = 0;
    clock.schedule = (delayMs, task) => schedule(delayMs === 250 ? delayMs : delayMs + lateMs, task);
    loop.start();
    await clock.advance(250);
    assert.deepEqual([loop.state.lag_ms, loop.state.last_duration_ms], [0, 250]);
    lateMs = 40;
    await clock.advance(2_250);
    assert.equal(loop.state.lag_ms, 40);
    await clock.advance(10_250);
    assert.equal(loop.state.lag_ms, 40, 'lateness does not add up');
    await loop.stop();
  });

  it('waits longer with every failure in a row, up to eight intervals, and is back at once when it succeeds', async () => {
    const { clock, loop, begunAt, changes } = setup((run) => (run <= 5 ? failing() : Promise.resolve()));
    loop.start();
    await clock.advance(33_000);
    const waits = begunAt.slice(1).map((time, index) => (time - (begunAt[index] ?? 0)) / INTERVAL_MS);
    assert.deepEqual(waits, [2, 4, 8, 8, 8, 1, 1, 1]);
    assert.deepEqual(changes, ['failing', 'recovered']);
    const { errors, last_error, skipped } = loop.state;
    assert.deepEqual(
      [errors, last_error?.code, last_error?.detail, skipped],
      [5, 'no_data', 'nothing there', 0],
    );
    await loop.stop();
  });

  it('tells a change again when it could not be told', async () => {
    const told: string[] = [];
    let tries = 0;
    const { clock, loop, bugs } = setup((run) => (run <= 4 ? failing() : Promise.resolve()), {
      onChange: async (change) => {
        tries += 1;
        if (tries <= 2) throw new ScannerError('disk_full', 'no room');
        told.push(change);
      },
    });
    loop.start();
    await clock.advance(60_000);
    assert.deepEqual(told, ['failing', 'recovered']);
    assert.deepEqual(bugs, []);
    await loop.stop();
  });

  it('tells nothing of a failure that was over before it could be told', async () => {
    const told: string[] = [];
    const { clock, loop } = setup((run) => (run === 1 ? failing() : Promise.resolve()), {
      onChange: async (change) => {
        if (change === 'failing') throw new ScannerError('disk_full', 'no room');
        told.push(change);
      },
    });
    loop.start();
    await clock.advance(10_000);
    assert.deepEqual(told, []);
    await loop.stop();
  });

  it('hands bugs over and does not show their text', async () => {
    const bug = new TypeError('undefined is not a function');
    const { clock, loop, bugs } = setup(() => Promise.reject(bug));
    loop.start();
    await clock.advance(0);
    assert.deepEqual(bugs, [bug]);
    assert.equal(loop.state.last_error?.code, 'internal');
    assert.doesNotMatch(loop.state.last_error?.detail ?? '', /function/);
    await loop.stop();
  });

  it('counts the failure of a part without being delayed by it', async () => {
    const { clock, loop, begunAt, changes } = setup(async () => {
      loop.note(new ScannerError('delisted', 'gone'));
    });
    loop.start();
    await clock.advance(3_000);
    assert.equal(begunAt.length, 4);
    assert.deepEqual([loop.state.errors, loop.state.last_error?.code, changes], [4, 'delisted', []]);
    await loop.stop();
  });

  it('stops in the middle of a run: the run is aborted and waited for, no other follows', async () => {
    let ended = false;
    const { clock, loop, begunAt, changes } = setup(async (_, signal) => {
      await sleep(clock, 5_000, signal).finally(async () => {
        await new Promise(setImmediate); // it takes a moment to end
        ended = true;
      });
    });
    loop.start();
    await clock.advance(100);
    await loop.stop();
    assert.ok(ended);
    await loop.stop();
    await clock.advance(60_000);
    assert.deepEqual([begunAt.length, loop.state.errors, changes], [1, 0, []]);
    assert.equal(clock.pendingTimers, 0);
  });

  it('gives each run a signal of its own', async () => {
    const signals = new Set<AbortSignal>();
    const { clock, loop } = setup(async (_, signal) => {
      signals.add(signal);
    });
    loop.start();
    await clock.advance(3_000);
    await loop.stop();
    assert.equal(signals.size, 4, 'what listens to a signal goes with its run');
  });
});
