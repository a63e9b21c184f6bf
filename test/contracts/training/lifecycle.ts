import assert from 'node:assert/strict';
import type { TrainingBench } from '../training-store.contract.ts';
import { candles, DAY_MS, HOUR_MS, NOON, readAll, series, signal } from './records.ts';

export function describeLifecycle(bench: TrainingBench): void {
  it('seals what is over, once, and reads the same after it', async () => {
    const store = await bench.open();
    const columns = candles(NOON - DAY_MS, 400);
    await store.append({
      signals: [signal(NOON - DAY_MS), signal(NOON)],
      candles: [{ ...series(), columns }],
    });
    const before = await readAll(store);
    const { sealed, removed } = await store.maintain();
    assert.deepEqual([sealed.length, removed.length], [2, 0]);
    assert.deepEqual((await store.maintain()).sealed, []);
    assert.deepEqual(await readAll(store), before);
    assert.deepEqual(await readAll(await bench.reopen(store)), before);
  });

  it('takes records that come after the sealing, and still no duplicate', async () => {
    const store = await bench.open();
    const whole = candles(NOON - DAY_MS, 100);
    const parts = [candles(NOON - DAY_MS, 40), candles(NOON - DAY_MS + 45 * 300_000, 55)];
    await store.append({ signals: [signal(NOON - DAY_MS)] });
    await store.append({ candles: parts.map((columns) => ({ ...series(), columns })) });
    await store.maintain();
    const late = {
      signals: [signal(NOON - DAY_MS), signal(NOON - DAY_MS - 1)],
      candles: [{ ...series(), columns: whole }],
    };
    assert.deepEqual(await store.append(late), { written: 6, duplicates: 96, expired: 0 });
    const all = await readAll(store);
    assert.deepEqual([all.signals.length, all.ohlcv['5m']?.length], [2, 100]);
    const again = await bench.reopen(store);
    assert.deepEqual(await readAll(again), all);
    assert.equal((await again.maintain()).sealed.length, 2);
    assert.deepEqual(await again.append(late), { written: 0, duplicates: 102, expired: 0 });
    assert.deepEqual(await readAll(again), all);
  });

  it('removes what is older than the retention', async () => {
    const store = await bench.open();
    const old = NOON - 29 * DAY_MS;
    await store.append({
      signals: [signal(old), signal(NOON)],
      candles: [{ ...series(), columns: candles(old, 3) }],
    });
    await store.maintain();
    assert.equal((await readAll(store)).signals.length, 2);
    bench.clock.jumpWall(2 * DAY_MS);
    assert.equal((await store.maintain()).removed.length, 2);
    const { signals, ohlcv } = await readAll(await bench.reopen(store));
    assert.deepEqual([signals, ohlcv], [[signal(NOON)], {}]);
  });

  it('does its maintenance by itself', async () => {
    const store = await bench.open();
    await store.append({ signals: [signal(NOON - 10 * DAY_MS)] });
    bench.clock.jumpWall(25 * DAY_MS);
    for (let time = 0; time < HOUR_MS; time += 600_000) await bench.clock.advance(600_000);
    await store.ping();
    assert.deepEqual((await readAll(store)).signals, []);
    await store.close();
    assert.equal(bench.clock.pendingTimers, 0);
  });

  it('answers a ping', async () => {
    await (await bench.open()).ping();
  });

  it('settles what is under way before it closes', async () => {
    const store = await bench.open();
    const appends = Promise.all(
      Array.from({ length: 30 }, (_, n) => store.append({ signals: [signal(NOON + n)] })),
    );
    const again = await bench.reopen(store);
    assert.equal(
      (await appends).reduce((sum, { written }) => sum + written, 0),
      30,
    );
    assert.equal((await readAll(again)).signals.length, 30);
  });

  it('may be closed twice, and does nothing afterwards', async () => {
    const store = await bench.open();
    await Promise.all([store.close(), store.close()]);
    const closed = { code: 'unavailable', message: 'the training data are closed' };
    await assert.rejects(store.append({ signals: [signal(NOON)] }), closed);
    await assert.rejects(store.read({ symbol: 'BTC/USDT', from: 0, to: NOON }), closed);
    await assert.rejects(store.ping(), closed);
    await assert.rejects(store.maintain(), closed);
  });
}
