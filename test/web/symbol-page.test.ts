import assert from 'node:assert/strict';
import { type CandlesResponse, CHART_INDICATORS, type DeepAnalysis, TIMEFRAMES } from '@fast-scanner/client';
import { toChartLines } from '../../web/src/pages/symbol/chart-lines.ts';
import { toPlanLevels } from '../../web/src/pages/symbol/plan-levels.ts';
import { defaultTimeframe, SYMBOL_FIELDS } from '../../web/src/pages/symbol/symbol-filters.ts';

type Plan = NonNullable<DeepAnalysis['sl_tp']>;

const SHORT: Plan = {
  direction: 'short',
  entry: 100,
  stopLoss: 104,
  takeProfit: 92,
  targets: [
    { level: 1, price: 92, riskReward: 2 },
    { level: 2, price: 88, riskReward: 3 },
  ],
  riskReward: 2,
  stopDistancePct: 4,
  rationale: 'stop 2 ATR away',
};

function candlesWith(indicators: CandlesResponse['indicators']): CandlesResponse {
  const times = [1, 2, 3].map((hour) => hour * 3_600_000);
  return {
    success: true,
    symbol: 'BTC/USDT',
    timeframe: '1h',
    candles: times.map((time) => [time, 1, 2, 0.5, 1.5, 10]),
    count: times.length,
    openCandle: null,
    candleCloseTime: '1970-01-01T04:00:00.000Z',
    indicators,
    quality: { rejected: 0, filled: 0 },
    fetchedAt: '1970-01-01T04:00:00.000Z',
    exchange: 'demo',
    dataSource: { exchange: 'demo', kind: 'simulated' },
  };
}

describe('the symbol’s page', () => {
  it('draws a short plan’s targets in the colour of gains and its stop in that of losses, though they lie the other way', () => {
    assert.deepEqual(
      toPlanLevels(SHORT).map(({ label, price, direction }) => [label, price, direction]),
      [
        ['Short entry', 100, 'flat'],
        ['Stop', 104, 'down'],
        ['Target 1', 92, 'up'],
        ['Target 2', 88, 'up'],
      ],
    );
    assert.deepEqual(toPlanLevels(null), []);
  });

  it('puts indicators below the candles into panes without a hole', () => {
    const values = [null, 1, 2];
    const panesOf = (indicators: CandlesResponse['indicators']) =>
      Object.fromEntries(toChartLines(candlesWith(indicators)).map(({ id, pane }) => [id, pane]));
    assert.deepEqual(panesOf({ macdLine: values, ema20: values }), { macdLine: 1, ema20: 0 });
    assert.deepEqual(panesOf({ macdHistogram: values, rsi: values }), { macdHistogram: 2, rsi: 1 });
  });

  it('leaves a gap where an indicator is still warming up', () => {
    const [line] = toChartLines(candlesWith({ ema20: [null, null, 7] }));
    assert.deepEqual(
      line?.points.map(({ value }) => value),
      [null, null, 7],
    );
  });

  it('begins with candles that the symbol has: stocks have none below a day', () => {
    assert.equal(defaultTimeframe('BTC/USDT'), '1h');
    assert.equal(defaultTimeframe('AAPL'), '1d');
    assert.ok(TIMEFRAMES.includes(defaultTimeframe('BRK.B')));
  });

  it('tells no indicators from no word about them in its address', () => {
    const { parse, format, fallback } = SYMBOL_FIELDS.indicators;
    assert.deepEqual(parse(format([])), []);
    assert.deepEqual(parse(format(CHART_INDICATORS)), [...CHART_INDICATORS]);
    assert.ok(fallback.length > 0);
  });
});
