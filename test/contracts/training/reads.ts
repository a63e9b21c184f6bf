import assert from 'node:assert/strict';
import type { TrainingBench } from '../training-store.contract.ts';
import { ALWAYS, candles, DAY_MS, HOUR_MS, label, NOON, series, signal } from './records.ts';

export function describeReads(bench: TrainingBench): void {
  it('answers the range with both its ends, over open and sealed files', async () => {
    const store = await bench.open();
    const times = Array.from({ length: 72 }, (_, hour) => NOON - hour * HOUR_MS).reverse();
    const id = series('BTC/USDT', '1h');
    const columns = candles(times[0] ?? 0, times.length, '1h');
    await store.append({ signals: times.map((time) => signal(time, id)), candles: [{ ...id, columns }] });
    await store.maintain();
    const range = { from: NOON - 60 * HOUR_MS, to: NOON - HOUR_MS };
    const { signals, ohlcv } = await store.read({ symbol: 'BTC/USDT', ...range });
    const expected = times.filter((time) => time >= range.from && time <= range.to);
    assert.deepEqual(
      signals.map(({ candleCloseTime }) => Date.parse(candleCloseTime)),
      expected,
    );
    assert.deepEqual(Array.from(ohlcv.get('1h')?.openTime ?? []), expected);
    const none = await store.read({ symbol: 'BTC/USDT', from: NOON + 1, to: NOON + DAY_MS });
    assert.deepEqual([none.signals, none.ohlcv.size], [[], 0]);
  });

  it('answers timeframes together, oldest first', async () => {
    const store = await bench.open();
    const expected = [
      signal(NOON - DAY_MS, series('BTC/USDT', '4h')),
      signal(NOON - HOUR_MS, series('BTC/USDT', '5m')),
      signal(NOON, series('BTC/USDT', '1h')),
    ];
    await store.append({ signals: expected.toReversed() });
    assert.deepEqual((await store.read({ symbol: 'BTC/USDT', ...ALWAYS })).signals, expected);
  });

  it('finds the exchange when there is one, and asks for it when there are more', async () => {
    const store = await bench.open();
    await store.append({ signals: [signal(NOON)] });
    assert.equal((await store.read({ symbol: 'BTC/USDT', ...ALWAYS })).exchange, 'demo');
    await store.append({ signals: [{ ...signal(NOON), exchange: 'binance' }] });
    await assert.rejects(store.read({ symbol: 'BTC/USDT', ...ALWAYS }), {
      code: 'invalid_input',
      message: 'there are training data of BTC/USDT from binance, demo: name one exchange',
    });
    const { signals } = await store.read({ symbol: 'BTC/USDT', exchange: 'binance', ...ALWAYS });
    assert.deepEqual(signals, [{ ...signal(NOON), exchange: 'binance' }]);
  });

  it('has nothing of a symbol nobody followed', async () => {
    const store = await bench.open();
    const nothing = { signals: [], ohlcv: new Map(), clustering: [], labels: [] };
    assert.deepEqual(await store.read({ symbol: 'ETH/USDT', ...ALWAYS }), { exchange: null, ...nothing });
    const ofExchange = await store.read({ symbol: 'ETH/USDT', exchange: 'okx', ...ALWAYS });
    assert.deepEqual(ofExchange, { exchange: 'okx', ...nothing });
    await assert.rejects(store.read({ symbol: '../x', exchange: 'okx', ...ALWAYS }), {
      code: 'invalid_input',
    });
  });

  it('answers a label without its signal', async () => {
    const store = await bench.open();
    await store.appendLabels([label(NOON)]);
    const { labels } = await store.read({ symbol: 'BTC/USDT', ...ALWAYS });
    assert.deepEqual(labels, [{ label: label(NOON), signal: null }]);
  });

  it('sees every append that has resolved, while others are under way', async () => {
    const store = await bench.open();
    const under = Array.from({ length: 20 }, (_, minute) =>
      store.append({ signals: [signal(NOON + minute)] }),
    );
    await under[0];
    const { signals } = await store.read({ symbol: 'BTC/USDT', ...ALWAYS });
    assert.ok(signals.length >= 1);
    await Promise.all(under);
    assert.equal((await store.read({ symbol: 'BTC/USDT', ...ALWAYS })).signals.length, 20);
  });
}
