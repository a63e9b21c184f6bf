import assert from 'node:assert/strict';
import type { CandleSeriesKey } from '@fast-scanner/server/store/signal-record.ts';
import { type CandleColumns, rowsFromColumns, sliceColumns } from '@fast-scanner/shared';
import fc from 'fast-check';
import { HOUR_MS, hourlyCandles, SERIES } from './signal-records.ts';
import type { StoreBench } from './store-bench.ts';

const HOURS = 150;

/** Of which series, from which hour, so many candles, without every `gap`-th. */
const stretch = fc.record({
  series: fc.nat(2),
  first: fc.nat(HOURS),
  count: fc.integer({ min: 0, max: 140 }),
  gap: fc.constantFrom(0, 0, 2, 7),
});

export function describeCandles(bench: StoreBench): void {
  it('keeps of each open time what was archived first, through random stretches, gaps and restarts', async () => {
    let store = await bench.open();
    let round = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(stretch, { minLength: 1, maxLength: 6 }),
        fc.nat(HOURS),
        async (plans, from) => {
          round += 1;
          const keyOf = (series: number) => ({
            ...SERIES,
            exchange: `demo-${round}`,
            symbol: `S${series}/USDT`,
          });
          const model = new Map<number, Map<number, readonly number[]>>();
          for (const [mark, { series, first, count, gap }] of plans.entries()) {
            const candles = withoutEvery(gap, hourlyCandles(first, count, mark / 8));
            await store.archiveCandles([{ ...keyOf(series), candles }]);
            const kept = model.get(series) ?? new Map<number, readonly number[]>();
            for (const row of rowsFromColumns(candles)) if (!kept.has(row[0])) kept.set(row[0], row);
            model.set(series, kept);
          }
          if (round % 5 === 0) store = await bench.reopen(store);
          for (const [series, kept] of model) {
            const rows = [...kept.values()].sort(([left = 0], [right = 0]) => left - right);
            const [begin, end] = [from * HOUR_MS, (from + 60) * HOUR_MS];
            const range = rows.filter(([openTime = 0]) => openTime >= begin && openTime <= end);
            assert.deepEqual(
              rowsFromColumns(await store.readArchivedCandles(keyOf(series), begin, end)),
              range,
            );
            assert.equal(await store.newestArchivedCandle(keyOf(series)), rows.at(-1)?.[0] ?? null);
          }
        },
      ),
      { numRuns: 25, seed: 17 },
    );
  });

  it('tells series apart by exchange, symbol and timeframe, and knows none before the first candle', async () => {
    const store = await bench.open();
    const others = [
      { ...SERIES, exchange: 'files' },
      { ...SERIES, symbol: 'ETH/USDT' },
      { ...SERIES, timeframe: '30m' },
    ] as const;
    await store.archiveCandles([{ ...SERIES, candles: hourlyCandles(5, 3) }]);
    for (const key of others) {
      assert.equal(await store.newestArchivedCandle(key), null);
      assert.equal((await store.readArchivedCandles(key, 0, 9 * HOUR_MS)).openTime.length, 0);
    }
    await store.archiveCandles(
      others.map((key, mark) => ({ ...key, candles: hourlyCandles(5, 1, mark + 1) })),
    );
    for (const [mark, key] of others.entries())
      assert.deepEqual(await store.readArchivedCandles(key, 0, 9 * HOUR_MS), hourlyCandles(5, 1, mark + 1));
    assert.deepEqual(await store.readArchivedCandles(SERIES, 0, 9 * HOUR_MS), hourlyCandles(5, 3));
  });

  it('deletes candles that open before a time, of all timeframes or of one', async () => {
    const store = await bench.open();
    const daily = { ...SERIES, timeframe: '1d' } as const;
    for (const key of [SERIES, daily])
      await store.archiveCandles([{ ...key, candles: hourlyCandles(0, 300) }]);
    const hours = async (key: CandleSeriesKey) =>
      rowsFromColumns(await store.readArchivedCandles(key, 0, 1e12)).map(([openTime]) => openTime / HOUR_MS);
    await store.deleteArchivedCandles(200.5 * HOUR_MS, '1h');
    assert.deepEqual([(await hours(SERIES))[0], (await hours(SERIES)).length], [201, 99]);
    assert.equal((await hours(daily)).length, 300);
    await store.deleteArchivedCandles(1000 * HOUR_MS);
    for (const key of [SERIES, daily]) {
      assert.deepEqual(await hours(key), []);
      assert.equal(await store.newestArchivedCandle(key), null);
    }
    await store.archiveCandles([{ ...SERIES, candles: hourlyCandles(7, 1) }]);
    assert.equal(await store.newestArchivedCandle(SERIES), 7 * HOUR_MS);
  });

  it('refuses candles that are not numbers, not in order or of columns of different lengths', async () => {
    const store = await bench.open();
    const bad: readonly CandleColumns[] = [
      { ...hourlyCandles(1, 2), close: Float64Array.of(1, Number.NaN) },
      { ...hourlyCandles(1, 2), volume: Float64Array.of(1) },
      { ...hourlyCandles(1, 2), openTime: Float64Array.of(HOUR_MS, HOUR_MS) },
      { ...hourlyCandles(1, 2), openTime: Float64Array.of(2 * HOUR_MS, HOUR_MS) },
    ];
    for (const candles of bad) {
      const series = [
        { ...SERIES, symbol: 'ETH/USDT', candles: hourlyCandles(1, 2) },
        { ...SERIES, candles },
      ];
      await assert.rejects(store.archiveCandles(series), TypeError);
    }
    assert.equal(await store.newestArchivedCandle(SERIES), null);
  });
}

function withoutEvery(gap: number, candles: CandleColumns): CandleColumns {
  if (gap === 0) return candles;
  const keep = (column: Float64Array) => column.filter((_, index) => index % gap !== 0);
  const { openTime, open, high, low, close, volume } = sliceColumns(candles, 0);
  return {
    openTime: keep(openTime),
    open: keep(open),
    high: keep(high),
    low: keep(low),
    close: keep(close),
    volume: keep(volume),
  };
}
