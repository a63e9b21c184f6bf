import assert from 'node:assert/strict';
import { createGovernor } from '@fast-scanner/server/market-data/governor/create-governor.ts';
import { FakeClock } from '../../../support/fake-clock.ts';
import { endOf, exchangeError, governorHarness } from './governor-harness.ts';

describe('the concurrency cap', () => {
  it('never runs more than allowed, in order of arrival, and everything runs in the end', async () => {
    const { ask, clock, starts, maxInFlight } = governorHarness({ maxConcurrency: 3 });
    const ends = Array.from({ length: 10 }, () => endOf(ask({ durationMs: 100 })));
    await clock.advance(1_000);
    assert.deepEqual(await Promise.all(ends), Array(10).fill('answer'));
    assert.equal(maxInFlight(), 3);
    assert.deepEqual(starts, [0, 0, 0, 100, 100, 100, 200, 200, 200, 300]);
  });

  it('frees the slot of a call that pauses before its next try', async () => {
    const { ask, answer, clock, starts } = governorHarness({ maxConcurrency: 1 });
    answer(exchangeError('exchange_timeout'), null);
    const ends = [endOf(ask()), endOf(ask())];
    await clock.advance(250);
    assert.deepEqual(await Promise.all(ends), ['answer', 'answer']);
    assert.deepEqual(starts, [0, 0, 250]);
  });
});

describe('the request budget', () => {
  it('lets one second of requests start at once and spaces the rest', async () => {
    const { ask, clock, starts } = governorHarness({ maxRequestsPerSecond: 10, maxConcurrency: 100 });
    const ends = Array.from({ length: 14 }, () => endOf(ask()));
    await clock.advance(1_000);
    await Promise.all(ends);
    assert.deepEqual(starts, [...Array(10).fill(0), 100, 200, 300, 400]);
  });

  it('is measured on the monotonic clock', async () => {
    const { ask, clock, starts } = governorHarness({ maxRequestsPerSecond: 1 });
    const ends = [1, 2, 3].map(() => endOf(ask()));
    await clock.advance(500);
    clock.jumpWall(3_600_000);
    await clock.advance(2_000);
    await Promise.all(ends);
    assert.deepEqual(starts, [0, 1_000, 2_000]);
  });

  it('saves up no more than one second of requests', async () => {
    const { ask, clock, starts } = governorHarness({ maxRequestsPerSecond: 2 });
    await clock.advance(60_000);
    const ends = [1, 2, 3].map(() => endOf(ask()));
    await clock.advance(1_000);
    await Promise.all(ends);
    assert.deepEqual(starts, [60_000, 60_000, 60_500]);
  });

  it('comes evenly spaced after a rate limit', async () => {
    const { ask, answer, clock, starts } = governorHarness({ maxRequestsPerSecond: 10, maxConcurrency: 1 });
    answer(exchangeError('rate_limited', 1_000), null);
    const ends = Array.from({ length: 8 }, () => endOf(ask()));
    await clock.advance(5_000);
    await Promise.all(ends);
    assert.deepEqual(starts.slice(0, 2), [0, 1_000]);
    const gaps = starts.slice(2).map((startedAt, index) => startedAt - (starts[index + 1] ?? 0));
    assert.equal(gaps.length, 7);
    assert.ok(
      gaps.every((gap) => gap >= 180 && gap <= 200),
      gaps.join(),
    );
  });

  it('is the exchange’s published one unless configured, and small for an unknown exchange', () => {
    const rate = (exchangeId: string) =>
      createGovernor({ exchangeId, clock: new FakeClock(), maxConcurrency: 1 }).state().requestsPerSecond;
    assert.equal(rate('binance'), 45);
    assert.equal(rate('okx'), 15);
    assert.equal(rate('nowhere'), 5);
  });
});

describe('an aborted governed call', () => {
  const reason = new Error('no longer wanted');

  it('leaves the queue for a slot', async () => {
    const { ask, clock, starts } = governorHarness({ maxConcurrency: 1 });
    const controller = new AbortController();
    const running = endOf(ask({ durationMs: 100 }));
    const waiting = endOf(ask({ signal: controller.signal }));
    const behind = endOf(ask());
    await clock.advance(10);
    controller.abort(reason);
    assert.equal(await waiting, reason.message);
    await clock.advance(100);
    assert.deepEqual(await Promise.all([running, behind]), ['answer', 'answer']);
    assert.deepEqual(starts, [0, 100]);
  });

  it('leaves a wait for the budget', async () => {
    const { ask, clock, starts } = governorHarness({ maxRequestsPerSecond: 1 });
    const controller = new AbortController();
    const first = endOf(ask());
    const second = endOf(ask({ signal: controller.signal }));
    await clock.advance(10);
    controller.abort(reason);
    assert.deepEqual(await Promise.all([first, second]), ['answer', reason.message]);
    assert.equal(clock.pendingTimers, 0);
    assert.equal(starts.length, 1);
  });

  for (const error of [exchangeError('rate_limited', 3_000), exchangeError('exchange_timeout')]) {
    it(`leaves the pause after ${error.code}, without another request`, async () => {
      const { ask, answer, clock, starts } = governorHarness();
      answer(error);
      const controller = new AbortController();
      const end = endOf(ask({ signal: controller.signal }));
      await clock.advance(10);
      controller.abort(reason);
      assert.equal(await end, reason.message);
      assert.equal(clock.pendingTimers, 0);
      await clock.advance(10_000);
      assert.equal(starts.length, 1);
    });
  }

  it('leaves the wait for another call’s probe', async () => {
    const { ask, answer, clock, starts } = governorHarness();
    answer(exchangeError('rate_limited', 1_000), null);
    const probing = endOf(ask({ durationMs: 100 }));
    await clock.advance(1_150);
    const controller = new AbortController();
    const waiting = endOf(ask({ signal: controller.signal }));
    await clock.advance(10);
    controller.abort(reason);
    assert.equal(await waiting, reason.message);
    await clock.advance(100);
    assert.equal(await probing, 'answer');
    assert.equal(starts.length, 2);
  });

  it('is not tried again and counts neither for nor against the exchange', async () => {
    const { ask, clock, governor, starts } = governorHarness();
    for (let call = 0; call < 12; call += 1) {
      const controller = new AbortController();
      const end = endOf(ask({ signal: controller.signal, durationMs: 100 }));
      await clock.advance(10);
      controller.abort(reason);
      assert.equal(await end, reason.message);
    }
    assert.equal(starts.length, 12);
    assert.equal(governor.state().status, 'ok');
  });
});
