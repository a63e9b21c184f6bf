import assert from 'node:assert/strict';
import type { SignalFilter, SignalRecord } from '@fast-scanner/server/store/signal-record.ts';
import { collectSlices } from '@fast-scanner/server/store/sqlite/collect-slices.ts';
import { Connection } from '@fast-scanner/server/store/sqlite/connection.ts';
import { migrate } from '@fast-scanner/server/store/sqlite/migrate.ts';
import { SignalTable } from '@fast-scanner/server/store/sqlite/signal-table.ts';
import type { SignalPosition } from '@fast-scanner/server/store/sqlite/signal-walk.ts';
import { SqliteStore } from '@fast-scanner/server/store/sqlite/sqlite-store.ts';
import fc from 'fast-check';
import { range } from '../../contracts/store/records.ts';
import { HOUR_MS, hourlyCandles, outcome, predicted, signal } from '../../contracts/store/signal-records.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { RecordingConnection } from './recording-connection.ts';

const FILTERS: readonly SignalFilter[] = [
  {},
  { symbol: 'BTC/USDT' },
  { exchange: 'demo', origin: 'scan', timeframe: '1h', mode: 'swing', regime: 'ranging', signalType: 'BUY' },
  { settled: true, from: 1, to: 2 },
  { settled: false },
  { symbol: 'BTC/USDT', settled: false, from: 1, to: 2 },
];

const filter: fc.Arbitrary<SignalFilter> = fc.record(
  {
    symbol: fc.constantFrom('A/B', 'C/D'),
    mode: fc.constantFrom('swing', 'scalp'),
    from: fc.nat(8),
    to: fc.nat(9),
  },
  { requiredKeys: [] },
);

describe("SqliteStore's signals and candles", () => {
  let connection: RecordingConnection;
  let store: SqliteStore;

  beforeEach(() => {
    connection = new RecordingConnection(':memory:');
    migrate(connection, 0);
    store = new SqliteStore(connection, new FakeClock(), () => {});
    connection.transactions.length = 0;
  });
  afterEach(() => store.close());

  it('are found by an index, in order, whatever the filter', async () => {
    await store.commit({ putSignals: [signal(), predicted('model-1')] });
    const plansOf = async (query: () => Promise<unknown>) => {
      connection.plans.length = 0;
      await query();
      assert.notEqual(connection.plans.length, 0);
      for (const plan of connection.plans) {
        assert.match(plan, /^SEARCH/);
        assert.doesNotMatch(plan, /TEMP B-TREE|SCAN/);
      }
      return connection.plans.join('\n');
    };
    for (const wanted of FILTERS) {
      const index = wanted.symbol ? /signals_of_symbol/ : /signals_newest/;
      assert.match(await plansOf(() => store.listSignals({ ...wanted, limit: 5 })), index);
      assert.match(await plansOf(() => store.deleteSignals(wanted, 1)), index);
      const byId = await plansOf(() => store.listScoredSignals(wanted, 'a', 5));
      assert.doesNotMatch(byId, /signal_details|signals_(of_symbol|newest|due)/);
      assert.match(byId, /USING PRIMARY KEY \(id>\? AND id<\?\)/);
    }
    const due = { exchange: 'demo', dueBefore: 1, limit: 5 };
    const dueIndex = /signals_due \(exchange=\? AND \(due_at,id\)>\(\?,\?\) AND due_at<\?\)/;
    assert.match(await plansOf(() => store.listDueSignals(due)), dueIndex);
    await plansOf(() => store.getSignal('a'));
    await plansOf(() => store.signalsVersion());
  });

  it('are looked for and deleted in slices that together are the whole, however small', async () => {
    const place = fc.record({
      time: fc.nat(8),
      symbol: fc.constantFrom('A/B', 'C/D'),
      mode: fc.constantFrom('swing', 'scalp'),
    });
    const plain = new Connection(':memory:');
    migrate(plain, 0);
    await fc.assert(
      fc.asyncProperty(
        fc.array(place, { maxLength: 25 }),
        filter,
        fc.integer({ min: 1, max: 9 }),
        async (places, wanted, limit) => {
          const table = new SignalTable(plain, { byTime: 3, byId: 4, read: 2, deleted: 2 });
          while (table.delete({}, 2).rows.length > 0);
          const signals = places.map(({ time, ...more }, index) =>
            signal({ ...more, id: `id-${(index * 7) % 25}`, candleCloseTime: time }),
          );
          table.write(signals, []);
          const expected = signals.filter((one) => matches(one, wanted)).sort(newestFirst);
          const listed = await collectSlices<SignalRecord, SignalPosition>(limit, (rest, before) =>
            table.list({ ...wanted, limit: rest, ...(before && { before }) }),
          );
          assert.deepEqual(listed, expected.slice(0, limit));
          const scored = await collectSlices<{ readonly id: string }, string>(limit, (rest, after = '') =>
            table.listScored(wanted, after, rest),
          );
          const ids = expected.map(({ id }) => id);
          assert.deepEqual(
            scored.map(({ id }) => id),
            ids.toSorted().slice(0, limit),
          );
          const deleted = await collectSlices<string, SignalPosition>(limit, (rest, after) =>
            table.delete(wanted, rest, after),
          );
          assert.deepEqual(deleted, ids.toReversed().slice(0, limit));
          for (const { id } of signals) assert.equal(table.get(id) === null, deleted.includes(id));
        },
      ),
      { numRuns: 40, seed: 29 },
    );
    plain.close();
  });

  it('are written with other batches only up to about 100 rows, and deleted by 200', async () => {
    const batches = range(1, 3).map((batch) =>
      range(1, 60).map((number) => signal({ id: `${batch}-${number}` })),
    );
    await Promise.all([
      ...batches.map((putSignals) => store.commit({ putSignals })),
      store.commit({
        settleSignals: range(1, 60).map((number) => ({ id: `1-${number}`, outcome: outcome() })),
      }),
    ]);
    assert.deepEqual(connection.transactions, [121, 121, 121, 121]);
    const more = range(1, 320).map((number) => signal({ id: `more-${number}` }));
    await store.commit({ putSignals: more });
    connection.transactions.length = 0;
    assert.equal(await store.deleteSignals({}, 450), 450);
    assert.deepEqual(connection.transactions, [401, 401, 101]);
  });

  it('are archived and deleted by 100 rows of candles', async () => {
    const series = (symbol: string) => ({ exchange: 'demo', symbol, timeframe: '1h' }) as const;
    const candles = hourlyCandles(0, 64 * 3);
    await store.archiveCandles(range(1, 80).map((number) => ({ ...series(`S${number}/USDT`), candles })));
    assert.deepEqual(connection.transactions, [100, 100, 40]);
    await store.archiveCandles([{ ...series('S1/USDT'), candles }]);
    assert.deepEqual(connection.transactions.slice(3), [0], 'nothing is written again');
    const long = hourlyCandles(0, 64 * 120);
    await store.archiveCandles([{ ...series('LONG/USDT'), candles: long }]);
    connection.transactions.length = 0;
    await store.deleteArchivedCandles(64 * 120 * HOUR_MS);
    assert.deepEqual(connection.transactions.slice(-2), [100, 20]);
  });
});

function matches(one: SignalRecord, { symbol, mode, from = 0, to = 99 }: SignalFilter): boolean {
  const { candleCloseTime: time } = one;
  return (
    (symbol ?? one.symbol) === one.symbol && (mode ?? one.mode) === one.mode && time >= from && time < to
  );
}

function newestFirst(left: SignalRecord, right: SignalRecord): number {
  return right.candleCloseTime - left.candleCloseTime || (left.id < right.id ? 1 : -1);
}
