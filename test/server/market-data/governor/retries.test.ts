import assert from 'node:assert/strict';
import { createGovernor } from '@fast-scanner/server/market-data/governor/create-governor.ts';
import { governSource } from '@fast-scanner/server/market-data/governor/govern-source.ts';
import { pauseAfter } from '@fast-scanner/server/market-data/governor/retry-policy.ts';
import type { MarketDataSource } from '@fast-scanner/server/market-data/market-data-source.ts';
import fc from 'fast-check';
import { seededRandom } from '../../../support/exchange-server/seeded-random.ts';
import { FakeClock } from '../../../support/fake-clock.ts';
import { endOf, exchangeError, governorHarness } from './governor-harness.ts';

interface RetryCase {
  readonly error: Error;
  /** When each request starts while the exchange goes on failing, ms. */
  readonly startsMs: readonly number[];
  /** Code or message the call ends with; default: the error's own code. */
  readonly ends?: string;
}

const BACKOFF = [0, 250, 750, 1_750, 3_750];
const ONCE = [0];

const CASES: readonly RetryCase[] = [
  { error: exchangeError('exchange_timeout'), startsMs: BACKOFF },
  { error: exchangeError('exchange_unavailable'), startsMs: BACKOFF },
  { error: exchangeError('exchange_bad_response'), startsMs: BACKOFF },
  { error: exchangeError('rate_limited', 3_000), startsMs: [0, 3_000, 6_000, 9_000, 12_000] },
  { error: exchangeError('rate_limited'), startsMs: [0, 1_000, 3_000, 7_000, 15_000] },
  { error: exchangeError('exchange_banned', 20_000), startsMs: [0, 20_000, 40_000, 60_000, 80_000] },
  { error: exchangeError('exchange_banned'), startsMs: ONCE },
  { error: exchangeError('exchange_maintenance'), startsMs: [0, 5_000, 15_000, 35_000, 75_000] },
  { error: exchangeError('exchange_denied'), startsMs: ONCE },
  { error: exchangeError('symbol_unknown'), startsMs: ONCE },
  { error: exchangeError('delisted'), startsMs: ONCE },
  { error: exchangeError('not_supported'), startsMs: ONCE },
  { error: exchangeError('no_data'), startsMs: ONCE },
  { error: new TypeError('a bug'), startsMs: ONCE, ends: 'a bug' },
];

const METHODS = {
  listMarkets: (source: MarketDataSource) => source.listMarkets(),
  fetchCandles: (source: MarketDataSource) =>
    source.fetchCandles({ symbol: 'BTC/USDT', timeframe: '1h', limit: 10 }),
  fetchTickers: (source: MarketDataSource) => source.fetchTickers(['BTC/USDT']),
} as const;

describe('retries of governed calls', () => {
  for (const { error, startsMs, ends } of CASES) {
    const wait = 'retryAfterMs' in error && error.retryAfterMs ? ` for ${error.retryAfterMs} ms` : '';
    const code = 'code' in error ? String(error.code) : error.name;
    for (const [name, call] of Object.entries(METHODS)) {
      it(`${name} that meets ${code}${wait} asks ${startsMs.length} times, at ${startsMs.join(', ')} ms`, async () => {
        const clock = new FakeClock();
        const starts: number[] = [];
        const source = governSource(
          failingSource(() => starts.push(clock.monotonic()), error),
          governor(clock),
        );
        const end = endOf(call(source).then(() => 'answer'));
        await clock.advance(200_000);
        assert.equal(await end, ends ?? code);
        assert.deepEqual(starts, startsMs);
        assert.equal(clock.pendingTimers, 0);
      });
    }
  }

  it('stop at the first answer', async () => {
    const { ask, answer, clock, starts } = governorHarness();
    answer(exchangeError('exchange_timeout'), exchangeError('exchange_unavailable'), null);
    const end = endOf(ask());
    await clock.advance(10_000);
    assert.equal(await end, 'answer');
    assert.deepEqual(starts, [0, 250, 750]);
  });

  it('pause between nothing and a ceiling that doubles from 500 ms to 10 s', () => {
    const error = exchangeError('exchange_unavailable');
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 4 }),
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        (attempt, draw) => {
          const ceiling = Math.min(10_000, 500 * 2 ** (attempt - 1));
          assert.equal(
            pauseAfter(error, attempt, () => draw),
            draw * ceiling,
          );
        },
      ),
      { seed: 1, numRuns: 50 },
    );
    assert.equal(
      pauseAfter(error, 5, () => 0),
      null,
    );
  });

  for (const seed of [1, 2, 3]) {
    it(`under 30 % server errors end every call with at most 1.6 requests a symbol (seed ${seed})`, async () => {
      const random = seededRandom(seed);
      const clock = new FakeClock();
      const limits = { maxConcurrency: 5, maxRequestsPerSecond: 1_000, random };
      const exchange = createGovernor({ exchangeId: 'testex', clock, ...limits });
      const attempts = Array.from({ length: 300 }, () => 0);
      const ends = attempts.map((_, symbol) =>
        endOf(
          exchange.run(async () => {
            attempts[symbol] = (attempts[symbol] ?? 0) + 1;
            if (random() < 0.3) throw exchangeError('exchange_unavailable');
            return 'answer';
          }, new AbortController().signal),
        ),
      );
      await clock.advance(60_000);
      const settled = await Promise.all(ends);
      assert.ok(settled.filter((end) => end === 'answer').length >= 295);
      assert.ok(Math.max(...attempts) <= 5);
      const requests = attempts.reduce((sum, count) => sum + count, 0);
      assert.ok(requests > 300 && requests <= 1.6 * 300, `${requests} requests`);
    });
  }
});

function governor(clock: FakeClock) {
  return createGovernor({
    exchangeId: 'testex',
    clock,
    maxConcurrency: 5,
    maxRequestsPerSecond: 1_000,
    random: () => 0.5,
  });
}

function failingSource(onRequest: () => void, error: Error): MarketDataSource {
  const fail = async () => {
    onRequest();
    throw error;
  };
  return {
    dataSource: { exchange: 'testex', kind: 'live' },
    now: () => 0,
    listMarkets: fail,
    fetchCandles: fail,
    fetchTickers: fail,
    close: async () => undefined,
  };
}
