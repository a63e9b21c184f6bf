import assert from 'node:assert/strict';
import type { BlockStore } from '@fast-scanner/server/market-data/governor/block-store.ts';
import {
  describeState,
  type GovernorState,
} from '@fast-scanner/server/market-data/governor/governor-state.ts';
import { endOf, exchangeError, governorHarness } from './governor-harness.ts';

const START = Date.UTC(2026, 0, 5, 12);

describe('a rate limit (429)', () => {
  it('stops every call until Retry-After passes, then lets one through before the others', async () => {
    const { ask, answer, clock, starts } = governorHarness();
    answer(exchangeError('rate_limited', 3_000), null);
    const ends = [1, 2, 3, 4, 5, 6, 7].map(() => endOf(ask({ durationMs: 80 })));
    await clock.advance(100);
    assert.deepEqual(starts, [0, 0, 0, 0, 0]);
    await clock.advance(2_970);
    assert.equal(starts.length, 5);
    await clock.advance(30);
    assert.deepEqual(starts.slice(5), [3_080]);
    await clock.advance(1_000);
    assert.deepEqual(await Promise.all(ends), Array(7).fill('answer'));
    assert.equal(starts.length, 8);
    assert.ok((starts[6] ?? 0) >= 3_160, 'the others waited for the first');
  });

  it('halves the rate once for a burst of refusals, and the rate grows back slowly', async () => {
    const { ask, answer, clock, governor } = governorHarness({ maxRequestsPerSecond: 20 });
    const refusal = exchangeError('rate_limited', 1_000);
    answer(refusal, refusal, refusal, null);
    const ends = [1, 2, 3].map(() => endOf(ask({ durationMs: 10 })));
    await clock.advance(10);
    assert.equal(governor.state().requestsPerSecond, 10);
    await clock.advance(30_000);
    assert.equal(Math.round(governor.state().requestsPerSecond), 15);
    await clock.advance(60_000);
    assert.equal(governor.state().requestsPerSecond, 20);
    assert.deepEqual(await Promise.all(ends), Array(3).fill('answer'));
  });

  it('is told to listeners with the time it ends, and so is its end', async () => {
    const states: GovernorState[] = [];
    const { ask, answer, clock } = governorHarness({ onStateChange: (state) => states.push(state) });
    answer(exchangeError('rate_limited', 3_000), null);
    const end = endOf(ask());
    await clock.advance(4_000);
    assert.equal(await end, 'answer');
    assert.deepEqual(
      states.map(({ status, resumesAt }) => ({ status, resumesAt })),
      [
        { status: 'rate_limited', resumesAt: START + 3_000 },
        { status: 'ok', resumesAt: null },
      ],
    );
    assert.deepEqual(describeState({ status: 'rate_limited', resumesAt: START + 3_000 }, START), {
      code: 'rate_limited',
      detail: 'rate limited, resuming in 3 s',
    });
  });

  it('does not shorten or lengthen when the wall clock jumps', async () => {
    const { ask, answer, clock, starts } = governorHarness();
    answer(exchangeError('rate_limited', 3_000), null);
    const end = endOf(ask());
    await clock.advance(1_000);
    clock.jumpWall(3_600_000);
    await clock.advance(1_000);
    clock.jumpWall(-7_200_000);
    await clock.advance(2_000);
    assert.equal(await end, 'answer');
    assert.deepEqual(starts, [0, 3_000]);
  });

  it('longer than the patience fails calls at once with the remaining time', async () => {
    const { ask, answer, clock, starts } = governorHarness({ patienceMs: 10_000 });
    answer(exchangeError('rate_limited', 30_000));
    assert.equal(await endOf(ask()), 'rate_limited');
    await clock.advance(5_000);
    await assert.rejects(ask(), { code: 'rate_limited', retryAfterMs: 25_000 });
    assert.equal(starts.length, 1);
  });
});

describe('a ban (418)', () => {
  const remembered = () => {
    const untils = new Map<string, number>();
    const store: BlockStore = {
      load: async (exchangeId) => untils.get(exchangeId) ?? null,
      save: async (exchangeId, until) => void untils.set(exchangeId, until),
    };
    return { untils, store };
  };

  it('forbids requests until it expires, also to a governor made after a restart', async () => {
    const { untils, store } = remembered();
    const before = governorHarness({ blocks: store });
    before.answer(exchangeError('exchange_banned', 300_000));
    assert.equal(await endOf(before.ask()), 'exchange_banned');
    assert.equal(untils.get('testex'), START + 300_000);

    const after = governorHarness({ blocks: store });
    await after.clock.advance(100_000);
    await assert.rejects(after.ask(), { code: 'exchange_banned', retryAfterMs: 200_000 });
    assert.equal(after.governor.state().status, 'banned');
    await after.clock.advance(200_000);
    assert.equal(await endOf(after.ask()), 'answer');
    assert.deepEqual(after.starts, [300_000]);
  });

  it('that has expired while the process was down is forgotten', async () => {
    const { untils, store } = remembered();
    untils.set('testex', START - 1);
    const { ask, governor } = governorHarness({ blocks: store });
    assert.equal(await endOf(ask()), 'answer');
    assert.equal(governor.state().status, 'ok');
  });

  it('holds even when it cannot be written down', async () => {
    const failing: BlockStore = {
      load: async () => null,
      save: () => Promise.reject(exchangeError('disk_full')),
    };
    const { ask, answer, starts } = governorHarness({ blocks: failing });
    answer(exchangeError('exchange_banned', 300_000));
    assert.equal(await endOf(ask()), 'exchange_banned');
    assert.equal(await endOf(ask()), 'exchange_banned');
    assert.equal(starts.length, 1);
  });

  it('is not read as absent when it cannot be looked up: the call fails, the next one looks again', async () => {
    let lookups = 0;
    const flaky: BlockStore = {
      load: async () => {
        lookups += 1;
        if (lookups === 1) throw exchangeError('unavailable');
        return null;
      },
      save: async () => undefined,
    };
    const { ask, starts } = governorHarness({ blocks: flaky });
    assert.equal(await endOf(ask()), 'unavailable');
    assert.deepEqual(starts, []);
    assert.equal(await endOf(ask()), 'answer');
  });
});

describe('maintenance', () => {
  it('makes calls wait while one at a time probes, and ends with the first answer', async () => {
    const { ask, answer, clock, starts, governor } = governorHarness();
    const closed = exchangeError('exchange_maintenance');
    answer(closed, closed, closed, null);
    const ends = [1, 2, 3].map(() => endOf(ask({ durationMs: 10 })));
    await clock.advance(5_005);
    assert.deepEqual(starts, [0, 0, 0]);
    assert.equal(governor.state().status, 'maintenance');
    await clock.advance(10_000);
    assert.deepEqual(await Promise.all(ends), Array(3).fill('answer'));
    assert.equal(starts[3], 5_010);
    assert.equal(starts.length, 6);
    assert.equal(governor.state().status, 'ok');
  });
});
