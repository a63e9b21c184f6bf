import assert from 'node:assert/strict';
import { type ContinuousSignal, continuousConfigSchema } from '@fast-scanner/shared';
import { filterSignals } from '../../web/src/pages/continuous/continuous-filters.ts';
import { toHeatRows } from '../../web/src/pages/continuous/heat-rows.ts';
import { loopHealth } from '../../web/src/pages/continuous/loop-health.ts';
import {
  INTERVAL_FIELDS,
  sharedTimeframes,
  THRESHOLD_FIELDS,
  toStartInput,
} from '../../web/src/pages/continuous/start-choice.ts';

const NOW = Date.parse('2024-03-01T12:00:00.000Z');
const CONFIG = continuousConfigSchema.parse({});
const STREAM = {
  interval_s: 30,
  last_run_at: '2024-03-01T11:59:50.000Z',
  last_duration_ms: 200,
  lag_ms: 3,
  errors: 0,
  skipped: 0,
  last_error: null,
};

/** Only what the page reads of a signal here. */
function signal(values: Partial<ContinuousSignal>): ContinuousSignal {
  return {
    symbol: 'BTC/USDT',
    exchange: 'demo',
    style: 'scalp',
    timeframe: '5m',
    candleCloseTime: '2024-03-01T12:00:00.000Z',
    combined_score: 50,
    signal_type: 'MOMENTUM_BUY',
    ...values,
  } as ContinuousSignal;
}

describe('the dashboard’s continuous scanner', () => {
  it('says of a loop whether it is on time', () => {
    const at = (secondsAgo: number) => new Date(NOW - secondsAgo * 1000).toISOString();
    assert.equal(loopHealth(STREAM, true, NOW), 'ok');
    assert.equal(loopHealth(STREAM, false, NOW), 'stopped');
    assert.equal(loopHealth({ ...STREAM, last_run_at: null }, true, NOW), 'waiting');
    assert.equal(loopHealth({ ...STREAM, last_run_at: at(61) }, true, NOW), 'late');
    assert.equal(loopHealth({ ...STREAM, lag_ms: 16_000 }, true, NOW), 'late');
    const failure = (secondsAgo: number) => ({
      ...STREAM,
      last_error: { code: 'internal' as const, detail: '', at: at(secondsAgo) },
    });
    assert.equal(loopHealth(failure(5), true, NOW), 'failing');
    assert.equal(loopHealth(failure(300), true, NOW), 'ok');
  });

  it('offers every setting', () => {
    const names = [...INTERVAL_FIELDS, ...THRESHOLD_FIELDS].map(({ name }) => name);
    assert.deepEqual([...names, 'timeframes'].sort(), Object.keys(CONFIG).sort());
  });

  it('offers only numbers that the server takes', () => {
    for (const { name, min, max } of [...INTERVAL_FIELDS, ...THRESHOLD_FIELDS]) {
      for (const value of [min, max]) continuousConfigSchema.parse({ [name]: value });
    }
  });

  it('finds styles that share a timeframe, and leaves out what the server chooses by itself', () => {
    const timeframes = { ...CONFIG.timeframes, scalp: CONFIG.timeframes.swing };
    assert.deepEqual([...sharedTimeframes({ ...CONFIG, timeframes })].sort(), ['scalp', 'swing']);
    assert.deepEqual(sharedTimeframes(CONFIG), []);
    assert.deepEqual(toStartInput({ exchanges: [], symbols: [], config: CONFIG }), { config: CONFIG });
  });

  it('filters signals by symbol, type, style and score', () => {
    const signals = [signal({}), signal({ symbol: 'ETH/USDT', style: 'swing', combined_score: 80 })];
    const all = { q: '', type: null, style: null, score: 0 };
    assert.equal(filterSignals(signals, all).length, 2);
    assert.deepEqual(filterSignals(signals, { ...all, q: 'eth' }), [signals[1]]);
    assert.deepEqual(filterSignals(signals, { ...all, style: 'scalp' }), [signals[0]]);
    assert.deepEqual(filterSignals(signals, { ...all, score: 60 }), [signals[1]]);
    assert.deepEqual(filterSignals(signals, { ...all, type: 'NEUTRAL' }), []);
  });

  it('takes the newest signal of each style, and what is known besides; the most agreed first', () => {
    const signals = [
      signal({ combined_score: 90 }),
      signal({ combined_score: 10, signal_type: 'WEAK_SELL' }),
      signal({ symbol: 'ETH/USDT', signal_type: 'STRONG_SELL' }),
    ];
    const swing = { timeframe: '1h', bias: 'bullish', score: 70, candleCloseTime: '' } as const;
    const rows = toHeatRows(signals, new Map([['demo BTC/USDT', { swing }]]));
    assert.deepEqual(
      rows.map(({ symbol, bias, agreeing }) => [symbol, bias, agreeing]),
      [
        ['BTC/USDT', 'bullish', 2],
        ['ETH/USDT', 'bearish', 1],
      ],
    );
    assert.equal(rows[0]?.cells.scalp?.score, 90);
    assert.equal(rows[0]?.cells.swing?.score, 70);
  });
});
