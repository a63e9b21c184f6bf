import assert from 'node:assert/strict';
import { rowsFromColumns } from '@fast-scanner/shared';
import type { TrainingBench } from '../training-store.contract.ts';
import { candles, DAY_MS, HOUR_MS, label, NOON, readAll, series, signal } from './records.ts';

const NOTHING = { written: 0, duplicates: 0, expired: 0 };
const MINUTES_5 = 300_000;

export function describeAppends(bench: TrainingBench): void {
  it('gives back what was appended, as it was', async () => {
    const store = await bench.open();
    const clusters = { ...signal(NOON), total_clusters: 2 };
    const columns = candles(NOON - 2 * MINUTES_5, 2);
    const batch = { signals: [signal(NOON)], clustering: [clusters], candles: [{ ...series(), columns }] };
    assert.deepEqual(await store.append(batch), { ...NOTHING, written: 4 });
    assert.deepEqual(await readAll(store), {
      signals: [signal(NOON)],
      clustering: [clusters],
      labels: [],
      ohlcv: { '5m': rowsFromColumns(columns) },
    });
  });

  it('takes an empty batch', async () => {
    assert.deepEqual(await (await bench.open()).append({}), NOTHING);
  });

  it('ignores duplicates within a call, between calls at the same time, later, and after a restart', async () => {
    const store = await bench.open();
    const batch = {
      signals: [signal(NOON), signal(NOON)],
      candles: [{ ...series(), columns: candles(NOON, 3) }],
    };
    const results = await Promise.all([store.append(batch), store.append(batch)]);
    assert.deepEqual(results, [
      { written: 4, duplicates: 1, expired: 0 },
      { written: 0, duplicates: 5, expired: 0 },
    ]);
    const expected = await readAll(store);
    assert.equal((await store.append(batch)).written, 0);
    const again = await bench.reopen(store);
    assert.deepEqual(await again.append(batch), { ...NOTHING, duplicates: 5 });
    assert.deepEqual(await readAll(again), expected);
  });

  it('keeps what was written first', async () => {
    const store = await bench.open();
    await store.append({ signals: [signal(NOON)] });
    await store.append({ signals: [{ ...signal(NOON), ...{ price: 1 } }] });
    assert.deepEqual((await readAll(store)).signals, [signal(NOON)]);
  });

  it('tells kinds, timeframes and symbols apart: BTC/USDT, BTC_USDT and BTC:USDT are three', async () => {
    const store = await bench.open();
    const symbols = ['BTC/USDT', 'BTC_USDT', 'BTC:USDT', 'BTC/USDT:USDT', 'BRK.B', 'BRK.', 'btc/usdt'];
    const ids = symbols.map((symbol) => series(symbol));
    const result = await store.append({
      signals: [...ids.map((id) => signal(NOON, id)), signal(NOON, series('BTC/USDT', '1h'))],
      clustering: ids.map((id) => signal(NOON, id)),
    });
    assert.deepEqual(result, { ...NOTHING, written: 2 * symbols.length + 1 });
    for (const symbol of symbols.slice(1))
      assert.deepEqual((await readAll(store, symbol)).signals, [signal(NOON, series(symbol))]);
  });

  it('takes the values at the time of the call', async () => {
    const store = await bench.open();
    const columns = candles(NOON, 1);
    const appended = store.append({ candles: [{ ...series(), columns }] });
    columns.close[0] = -1;
    await appended;
    assert.deepEqual((await readAll(store)).ohlcv, { '5m': rowsFromColumns(candles(NOON, 1)) });
  });

  it('leaves out what is older than the retention, and says so', async () => {
    const store = await bench.open();
    const result = await store.append({ signals: [signal(NOON - 40 * DAY_MS), signal(NOON)] });
    assert.deepEqual(result, { written: 1, duplicates: 0, expired: 1 });
    assert.deepEqual((await readAll(store)).signals, [signal(NOON)]);
  });

  it('takes a label long after its signal, and no second one', async () => {
    const store = await bench.open();
    await store.append({ signals: [signal(NOON)] });
    bench.clock.jumpWall(3 * DAY_MS);
    await store.maintain();
    assert.equal((await store.appendLabels([label(NOON)])).written, 1);
    assert.equal((await store.appendLabels([{ ...label(NOON), outcome: 'stop' }])).duplicates, 1);
    const again = await bench.reopen(store);
    assert.deepEqual((await readAll(again)).labels, [{ label: label(NOON), signal: signal(NOON) }]);
  });

  const unfit = {
    'a symbol that leads elsewhere': { ...signal(NOON), symbol: '../../BTC' },
    'a symbol that is a device': { ...signal(NOON), symbol: 'CON' },
    'a symbol with a NUL': { ...signal(NOON), symbol: 'BTC\0' },
    'no symbol': { ...signal(NOON), symbol: '' },
    'an exchange that leads elsewhere': { ...signal(NOON), exchange: '../demo' },
    'an unknown timeframe': { ...signal(NOON), timeframe: '7m' as '5m' },
    'a time that is none': { ...signal(NOON), candleCloseTime: 'yesterday' },
    'a time without milliseconds': { ...signal(NOON), candleCloseTime: '2026-01-05T12:00:00Z' },
  };
  for (const [what, record] of Object.entries(unfit)) {
    it(`refuses ${what}, and takes nothing of the batch`, async () => {
      const store = await bench.open();
      await assert.rejects(store.append({ signals: [signal(NOON), record] }), { code: 'invalid_input' });
      assert.deepEqual((await readAll(store)).signals, []);
    });
  }

  it('refuses numbers that are none, as the bug they are', async () => {
    const store = await bench.open();
    const columns = candles(NOON, 2);
    columns.high[1] = Number.NaN;
    await assert.rejects(store.append({ candles: [{ ...series(), columns }] }), /TypeError: high is NaN/);
    const record = { ...signal(NOON), ...{ price: Number.POSITIVE_INFINITY } };
    await assert.rejects(store.append({ signals: [record] }), /TypeError: price is Infinity/);
    columns.high[1] = 1;
    columns.openTime[1] = NOON + 0.5;
    await assert.rejects(store.append({ candles: [{ ...series(), columns }] }), { code: 'invalid_input' });
    assert.deepEqual((await readAll(store)).ohlcv, {});
  });

  it('takes candles in any order, over days and months, with gaps', async () => {
    const store = await bench.open();
    const from = NOON - 20 * DAY_MS;
    const rows = rowsFromColumns(candles(from, 480, '1h')).filter((_, index) => index % 5 !== 0);
    for (const half of [rows.slice(200), rows.slice(0, 220)]) {
      const columns = candles(0, half.length, '1h');
      half.toReversed().forEach((row, index) => {
        columns.openTime[index] = row[0];
        [
          columns.open[index],
          columns.high[index],
          columns.low[index],
          columns.close[index],
          columns.volume[index],
        ] = row.slice(1) as [number, number, number, number, number];
      });
      await store.append({ candles: [{ ...series('BTC/USDT', '1h'), columns }] });
    }
    assert.deepEqual((await readAll(store)).ohlcv, { '1h': rows });
    bench.clock.jumpWall(HOUR_MS);
    await store.maintain();
    assert.deepEqual((await readAll(await bench.reopen(store))).ohlcv, { '1h': rows });
  });
}
