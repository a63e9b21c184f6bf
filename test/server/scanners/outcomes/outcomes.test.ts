import assert from 'node:assert/strict';
import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import type { ArchivedCandles, SignalRecord } from '@fast-scanner/server/store/signal-record.ts';
import {
  type ScorecardResponse,
  scorecardResponseSchema,
  signalsQuerySchema,
  signalsResponseSchema,
  sliceColumns,
  storedSignalResponseSchema,
} from '@fast-scanner/shared';
import { randomSeries } from '../../../support/random-series.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';
import {
  CLOSE,
  DAY,
  HOUR,
  hourly,
  type LabelledWorld,
  openLabelledWorld,
  pendingSignal,
} from './labelled-world.ts';

describe('the outcomes', () => {
  const folder = temporaryFolder();
  const signals: readonly SignalRecord[] = Array.from({ length: 40 }, (_, index) =>
    pendingSignal({
      candleCloseTime: CLOSE + 4 * index * HOUR,
      symbol: index % 2 === 0 ? 'BTC/USDT' : 'ETH/USDT',
      direction: index % 4 < 2 ? 'long' : 'short',
      signalType: index % 4 < 2 ? 'BUY' : 'SELL',
    }),
  );
  let world: LabelledWorld;

  before(async () => {
    world = await openLabelledWorld({ dataDir: folder.path });
    await world.put(
      ...signals,
      pendingSignal({ candleCloseTime: CLOSE + 20 * DAY, signalType: 'HOLD', direction: 'none' }),
    );
    await world.clock.advance(10 * DAY);
    await world.outcomes.settle();
  });
  after(async () => {
    await world.close();
    assert.deepEqual(world.bugs, []);
  });

  const list = async (query: object) => {
    const answer = await world.outcomes.signals(signalsQuerySchema.parse(query));
    return signalsResponseSchema.parse(answer);
  };

  it('are listed newest first, page by page, each signal once', async () => {
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page = await list({ limit: '15', ...(cursor === null ? {} : { cursor }) });
      assert.equal(page.count, page.signals.length);
      seen.push(...page.signals.map(({ candleCloseTime }) => candleCloseTime));
      cursor = page.next_cursor;
    } while (cursor !== null);
    assert.equal(seen.length, 41);
    assert.deepEqual(seen, seen.toSorted().toReversed());
  });

  it('are listed by symbol, type, origin and whether they are known', async () => {
    const settled = await list({
      settled: 'true',
      symbol: 'ETH/USDT',
      signal_type: 'BUY',
      origin: 'scan',
      limit: '500',
    });
    assert.equal(settled.count, 10);
    for (const { outcome } of settled.signals) assert.equal(outcome?.outcome, 'timeout');
    const pending = await list({ settled: 'false' });
    assert.deepEqual(
      pending.signals.map(({ signalType, outcome }) => [signalType, outcome]),
      [['HOLD', null]],
    );
    assert.equal((await list({ origin: 'run' })).count, 0);
  });

  it('refuse a cursor that is none', async () => {
    await assert.rejects(list({ cursor: 'nonsense' }), { code: 'invalid_input' });
  });

  it('are told one by one; an unknown id is not found', async () => {
    const [first] = signals;
    const answer = storedSignalResponseSchema.parse(await world.outcomes.signal(first?.id ?? ''));
    assert.equal(answer.signal.signalId, first?.id);
    assert.equal(answer.signal.outcome?.outcome, 'timeout');
    await assert.rejects(world.outcomes.signal('0'.repeat(24)), { code: 'not_found' });
  });

  it('make a scorecard, of all or of those that are asked for', async () => {
    const all: ScorecardResponse = scorecardResponseSchema.parse(await world.outcomes.scorecard({}));
    assert.deepEqual([all.overall.n, all.overall.directional, all.overall.pending], [40, 40, 1]);
    assert.equal(all.cost_pct, 0.3);
    assert.deepEqual(
      all.groups.type?.map(({ key, n }) => [key, n]),
      [
        ['BUY', 20],
        ['SELL', 20],
        ['HOLD', 0],
      ],
    );
    const half = await world.outcomes.scorecard({ symbol: 'BTC/USDT', signal_type: 'BUY' });
    assert.equal(half.overall.n, 10);
    assert.deepEqual(half.filters, { symbol: 'BTC/USDT', signal_type: 'BUY' });
    const iso = (time: number) => new Date(time).toISOString();
    const from = iso(CLOSE + 40 * HOUR);
    assert.equal((await world.outcomes.scorecard({ from, to: iso(CLOSE + 80 * HOUR) })).overall.n, 10);
    assert.equal((await world.outcomes.scorecard({ to: iso(CLOSE).slice(0, 10) })).overall.n, 0);
  });
});

describe('a scorecard that was computed', () => {
  const folder = temporaryFolder();

  it('is kept until a signal is written, and shared by who asks at the same time', async () => {
    const world = await openLabelledWorld({ dataDir: folder.path });
    await world.put(pendingSignal());
    let reads = 0;
    const { listScoredSignals } = world.store;
    world.store.listScoredSignals = (...query) => {
      reads += 1;
      return listScoredSignals.apply(world.store, query);
    };
    await Promise.all([
      world.outcomes.scorecard({}),
      world.outcomes.scorecard({}),
      world.outcomes.scorecard({}),
    ]);
    await world.outcomes.scorecard({});
    assert.equal(reads, 1);
    await world.outcomes.scorecard({ exchange: 'alpha' });
    assert.equal(reads, 2);
    await world.put(pendingSignal({ candleCloseTime: CLOSE + HOUR }));
    assert.equal((await world.outcomes.scorecard({})).overall.pending, 2);
    assert.equal(reads, 3);
    await world.close();
  });
});

describe('the retention of signals', () => {
  const folder = temporaryFolder();

  it('deletes old signals and the candles that no signal needs, but not those of recorded data and replays', async () => {
    const world = await openLabelledWorld({
      dataDir: mkdtempSync(join(folder.path, 'old-')),
      series: { alpha: [hourly('BTC/USDT')], files: [] },
      options: { historyMs: 5 * DAY, candleMs: 2 * DAY },
    });
    const { store, clock, outcomes } = world;
    const old = pendingSignal();
    const young = pendingSignal({ candleCloseTime: CLOSE + 10 * DAY });
    const replayed = pendingSignal({ origin: 'replay' });
    const recorded = pendingSignal({ exchange: 'files' });
    await world.put(old, young, replayed, recorded);
    const [hours, minutes] = (['1h', '1m'] as const).map((timeframe) => {
      const series = randomSeries({ timeframe, count: 2_000, newestOpenTime: CLOSE + 10 * DAY });
      return { exchange: 'alpha', symbol: 'BTC/USDT', timeframe, candles: sliceColumns(series, 0) };
    });
    assert.ok(hours && minutes);
    await store.archiveCandles([hours, minutes]);
    await clock.advance(12 * DAY);
    const cut = clock.now() - 2 * DAY - 1_000 * 60_000;
    outcomes.open();
    await clock.advance(1);
    await outcomes.close();
    const kept = await Promise.all([old, young, replayed, recorded].map(({ id }) => store.getSignal(id)));
    assert.deepEqual(
      kept.map((signal) => signal !== null),
      [false, true, true, true],
    );
    const openTimes = async (series: ArchivedCandles) =>
      (await store.readArchivedCandles(series, 0, Number.MAX_SAFE_INTEGER)).openTime;
    assert.deepEqual(
      await openTimes(minutes),
      minutes.candles.openTime.filter((time) => time >= cut),
    );
    // A window of a thousand hours reaches back farther.
    assert.deepEqual(await openTimes(hours), hours.candles.openTime.slice(-1_000));
    await world.close();
  });
});
