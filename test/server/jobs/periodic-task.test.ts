import assert from 'node:assert/strict';
import { PeriodicTask } from '@fast-scanner/server/jobs/periodic-task.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { Gate } from '../../support/gate.ts';

describe('a periodic task', () => {
  let clock: FakeClock;
  let rounds: number;
  let errors: unknown[];

  beforeEach(() => {
    clock = new FakeClock();
    rounds = 0;
    errors = [];
  });

  function create(inRound: () => Promise<void> | void = () => undefined): PeriodicTask {
    return new PeriodicTask({
      clock,
      intervalMs: 1000,
      work: async () => {
        rounds += 1;
        await inRound();
      },
      onError: (error) => errors.push(error),
    });
  }

  it('has its first round at once and the next ones an interval apart', async () => {
    const task = create();
    task.start();
    assert.equal(rounds, 1);
    await clock.advance(999);
    assert.equal(rounds, 1);
    await clock.advance(2001);
    assert.equal(rounds, 4);
    await task.stop();
  });

  it('waits for a round that takes longer than the interval, and rests after it', async () => {
    const gate = new Gate();
    const task = create(() => gate.pass());
    task.start();
    await clock.advance(5000);
    assert.equal(rounds, 1);
    gate.open();
    await clock.advance(999);
    assert.equal(rounds, 1);
    await clock.advance(1);
    assert.equal(rounds, 2);
    await task.stop();
  });

  it('goes on after a round that throws, and says what it threw', async () => {
    const task = create(() => {
      if (rounds === 1) throw new Error('the first one');
    });
    task.start();
    await clock.advance(1000);
    assert.deepEqual([rounds, errors.length], [2, 1]);
    assert.match(String(errors[0]), /the first one/);
    await task.stop();
  });

  it('that is stopped waits for the round under way and leaves no timer', async () => {
    const gate = new Gate();
    let isThrough = false;
    const task = create(async () => {
      await gate.pass();
      isThrough = true;
    });
    task.start();
    const stopped = task.stop().then(() => assert.ok(isThrough, 'stopped in the middle of a round'));
    await clock.advance(0);
    gate.open();
    await stopped;
    await clock.advance(5000);
    assert.deepEqual([rounds, clock.pendingTimers], [1, 0]);
  });

  it('that is stopped between rounds leaves no timer', async () => {
    const task = create();
    task.start();
    await clock.advance(10);
    assert.equal(clock.pendingTimers, 1);
    await Promise.all([task.stop(), task.stop()]);
    assert.equal(clock.pendingTimers, 0);
  });
});
