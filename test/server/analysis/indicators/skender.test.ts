import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { type IndicatorColumn, valueAt } from '@fast-scanner/server/analysis/indicators/indicator.ts';
import { candlesFromQuotes, computeReferenceColumns, type Quotes } from './reference-columns.ts';
import excerpt from './skender.data.json' with { type: 'json' };

type Reference = readonly (number | null)[];

interface RecordedFile {
  readonly quotes: Quotes;
  readonly series: Readonly<Record<string, { readonly fields: Readonly<Record<string, Reference>> }>>;
}

const TOLERANCE = 1e-8;
const RECORDED = new URL('../../../../../shared/data/indicators/skender.json.gz', import.meta.url);

/** Where the recorded file keeps what the excerpt and our columns call by the name on the left. */
const RECORDED_FIELDS: Readonly<Record<string, readonly [series: string, field: string]>> = {
  sma: ['sma', 'sma'],
  ema: ['ema', 'ema'],
  rsi: ['rsi', 'rsi'],
  macdLine: ['macd', 'macd'],
  macdSignal: ['macd', 'signal'],
  macdHistogram: ['macd', 'histogram'],
  atr: ['atr', 'atr'],
  adx: ['adx', 'adx'],
  plusDi: ['adx', 'pdi'],
  minusDi: ['adx', 'mdi'],
  middle: ['bb', 'sma'],
  upper: ['bb', 'upperBand'],
  lower: ['bb', 'lowerBand'],
  percentB: ['bb', 'percentB'],
  bandwidth: ['bb', 'width'],
  k: ['stoch', 'k'],
  d: ['stoch', 'd'],
  obv: ['obv', 'obv'],
  vwap: ['vwap', 'vwap'],
};

describe('indicators equal Skender.Stock.Indicators to 1e-8', () => {
  const columns = computeReferenceColumns(candlesFromQuotes(excerpt.quotes));

  it('has a reference for every column', () => {
    assert.deepEqual(Object.keys(excerpt.series).sort(), Object.keys(columns).sort());
    assert.deepEqual(Object.keys(RECORDED_FIELDS).sort(), Object.keys(columns).sort());
  });

  for (const [name, expected] of Object.entries(excerpt.series)) {
    it(`${name}: 48 reference rows, warm-up included`, () => {
      assertEqualsReference(columns[name], expected, excerpt.indices);
    });
  }

  it('every column on all 502 recorded candles', () => {
    if (!existsSync(RECORDED)) {
      console.log('      skipped: no recorded data');
      return;
    }
    // The file's layout is documented beside it; a missing series or field fails below.
    const { quotes, series } = JSON.parse(gunzipSync(readFileSync(RECORDED)).toString()) as RecordedFile;
    const recordedColumns = computeReferenceColumns(candlesFromQuotes(quotes));
    for (const [name, [group, field]] of Object.entries(RECORDED_FIELDS)) {
      const expected = series[group]?.fields[field] ?? [];
      assert.equal(expected.length, 502, name);
      assertEqualsReference(recordedColumns[name], expected, [...expected.keys()]);
    }
  });
});

function assertEqualsReference(
  column: IndicatorColumn | undefined,
  expected: Reference,
  indices: readonly number[],
): void {
  assert.ok(column);
  assert.equal(expected.length, indices.length);
  expected.forEach((reference, row) => {
    const index = indices[row] ?? -1;
    const actual = valueAt(column, index);
    if (reference === null || actual === null) assert.equal(actual, reference, `candle ${index}`);
    else assertClose(actual, reference, `candle ${index}`);
  });
}

/** Absolute, and relative above 1: on-balance volumes have ten digits before the point. */
function assertClose(actual: number, expected: number, where: string): void {
  const tolerance = TOLERANCE * Math.max(1, Math.abs(expected));
  assert.ok(Math.abs(actual - expected) <= tolerance, `${where}: ${actual} instead of ${expected}`);
}
