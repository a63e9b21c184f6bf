import assert from 'node:assert/strict';
import type { IndicatorColumn } from '@fast-scanner/server/analysis/indicators/indicator.ts';
import type { CandleColumns } from '@fast-scanner/shared';
import { ADX, ATR, BollingerBands, EMA, MACD, OBV, RSI, SMA, Stochastic } from 'technicalindicators';
import { randomSeries } from '../../../support/random-series.ts';
import { computeReferenceColumns } from './reference-columns.ts';

type Series = readonly (number | undefined)[];

const candles: CandleColumns = randomSeries({ count: 500, newestOpenTime: Date.UTC(2026, 0, 5) });
const columns = computeReferenceColumns(candles);
const high = [...candles.high];
const low = [...candles.low];
const close = [...candles.close];
const volume = [...candles.volume];

describe('indicators agree with technicalindicators where it is right', () => {
  const macd = MACD.calculate({
    values: close,
    fastPeriod: 12,
    slowPeriod: 26,
    signalPeriod: 9,
    SimpleMAOscillator: false,
    SimpleMASignal: false,
  });
  const adx = ADX.calculate({ high, low, close, period: 14 });
  const bands = BollingerBands.calculate({ values: close, period: 20, stdDev: 2 });
  const raw = Stochastic.calculate({ high, low, close, period: 14, signalPeriod: 3 });

  const expected: Readonly<Record<string, Series>> = {
    sma: SMA.calculate({ values: close, period: 20 }),
    ema: EMA.calculate({ values: close, period: 20 }),
    atr: ATR.calculate({ high, low, close, period: 14 }),
    macdLine: macd.map((row) => row.MACD),
    macdSignal: macd.map((row) => row.signal),
    macdHistogram: macd.map((row) => row.histogram),
    adx: adx.map((row) => row.adx),
    plusDi: adx.map((row) => row.pdi),
    minusDi: adx.map((row) => row.mdi),
    middle: bands.map((row) => row.middle),
    upper: bands.map((row) => row.upper),
    lower: bands.map((row) => row.lower),
    percentB: bands.map((row) => row.pb),
  };
  for (const [name, series] of Object.entries(expected)) {
    it(`${name}, to 1e-9`, () => assertTailsAgree(columns[name], series, 1e-9));
  }

  it('rsi, which it rounds to two decimals', () => {
    assertTailsAgree(columns['rsi'], RSI.calculate({ values: close, period: 14 }), 0.005 + 1e-9);
  });

  it('k, whose smoothing is its %D', () => {
    assertTailsAgree(
      columns['k'],
      raw.map((row) => row.d),
      1e-9,
    );
  });

  it('obv, which it does not start with the 0 of the first candle', () => {
    assertTailsAgree(columns['obv'], OBV.calculate({ close, volume }), 1e-6);
  });
});

/** Its outputs lack the warm-up (or hold undefined in it), so the last value belongs to the last candle. */
function assertTailsAgree(column: IndicatorColumn | undefined, series: Series, tolerance: number): void {
  const expected = series.filter((value) => value !== undefined);
  assert.ok(column && expected.length > 400);
  const actual = column.subarray(column.length - expected.length);
  expected.forEach((value, index) => {
    const difference = Math.abs((actual[index] ?? Number.NaN) - value);
    assert.ok(difference <= tolerance, `at ${index}: ${actual[index]}, there ${value}`);
  });
}
