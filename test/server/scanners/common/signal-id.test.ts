import assert from 'node:assert/strict';
import { type SignalIdentity, signalIdOf } from '@fast-scanner/server/scanners/common/signal-id.ts';
import { signalIdSchema } from '@fast-scanner/shared';

const IDENTITY: SignalIdentity = {
  origin: 'scan',
  mode: null,
  exchange: 'demo',
  symbol: 'BTC/USDT',
  timeframe: '1h',
  candleCloseTime: Date.UTC(2024, 0, 2),
};

const OTHERS: readonly Partial<SignalIdentity>[] = [
  { origin: 'replay' },
  { mode: 'swing' },
  { exchange: 'binance' },
  { symbol: 'BTC/USDT:USDT' },
  { timeframe: '4h' },
  { candleCloseTime: Date.UTC(2024, 0, 3) },
];

describe('signalIdOf', () => {
  it('gives the same signal the same id, and each other signal another', () => {
    const ids = [{}, ...OTHERS].map((change) => signalIdOf({ ...IDENTITY, ...change }));
    assert.equal(new Set(ids).size, OTHERS.length + 1);
    assert.equal(signalIdOf({ ...IDENTITY }), ids[0]);
    for (const id of ids) signalIdSchema.parse(id);
  });

  it('orders signals by the time of their candles', () => {
    const times = [60_000, Date.UTC(2001, 8, 9), Date.UTC(2024, 0, 2), Date.UTC(2100, 0, 1)];
    const ids = times.map((candleCloseTime) => signalIdOf({ ...IDENTITY, candleCloseTime }));
    assert.deepEqual(ids.toSorted(), ids);
  });
});
