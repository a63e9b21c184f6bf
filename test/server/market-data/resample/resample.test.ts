import assert from 'node:assert/strict';
import { resampleCandles } from '@fast-scanner/server/market-data/resample.ts';
import { type CandleRow, columnsFromRows, rowsFromColumns } from '@fast-scanner/shared';
import fc from 'fast-check';
import { madeUpRows } from '../files/write-candle-file.ts';

const MONDAY = Date.UTC(2025, 0, 6);
const QUARTER = 15 * 60_000;
const toHours = { from: '15m', to: '1h' } as const;

function resampleRows(rows: readonly CandleRow[], options: Parameters<typeof resampleCandles>[1] = toHours) {
  return rowsFromColumns(resampleCandles(columnsFromRows(rows), options));
}

describe('resampling', () => {
  const rows = madeUpRows(MONDAY, '15m', 12);
  const hours = resampleRows(rows);

  it('takes the first open, the highest high, the lowest low, the last close and all volume', () => {
    const first: CandleRow[] = [
      [MONDAY, 10, 12, 9, 11, 1],
      [MONDAY + QUARTER, 11, 15, 10, 14, 2],
      [MONDAY + 2 * QUARTER, 14, 14, 7, 8, 3],
      [MONDAY + 3 * QUARTER, 8, 9, 8, 9, 4],
    ];
    assert.deepEqual(resampleRows(first), [[MONDAY, 10, 15, 7, 9, 10]]);
  });

  it('leaves out candles that the rows begin or end inside of', () => {
    assert.deepEqual(resampleRows(rows.slice(1)), hours.slice(1));
    assert.deepEqual(resampleRows(rows.slice(0, -1)), hours.slice(0, -1));
    assert.deepEqual(resampleRows(rows.slice(0, 3)), []);
    assert.deepEqual(resampleRows([]), []);
  });

  it('keeps a last candle that is not complete when asked to', () => {
    const [, last] = resampleRows(rows.slice(0, 6), { ...toHours, keepPartialEnd: true });
    assert.deepEqual(last?.slice(0, 2), hours[1]?.slice(0, 2));
    assert.equal(last?.[4], rows[5]?.[4]);
  });

  it('makes a candle from what there is around a gap, and none where everything is missing', () => {
    const gapped = rows.filter((_, index) => index !== 2 && (index < 4 || index > 7));
    const [first, second] = resampleRows(gapped);
    assert.deepEqual([first?.[0], second?.[0]], [MONDAY, MONDAY + 8 * QUARTER]);
    assert.equal(first?.[4], rows[3]?.[4]);
  });

  it('marks a candle with a broken row, or a row without a time after it, as broken', () => {
    const spoil = (index: number, position: number) =>
      rows.map((row, at) => (at === index ? (row.with(position, Number.NaN) as unknown as CandleRow) : row)); // `with` widens a tuple
    const [, byPrice] = resampleRows(spoil(5, 3));
    const [, byTime] = resampleRows(spoil(5, 0));
    for (const broken of [byPrice, byTime]) {
      assert.equal(broken?.[0], MONDAY + 4 * QUARTER);
      assert.ok(Number.isNaN(broken?.[4]));
    }
  });

  it('opens weeks on Monday', () => {
    const days = madeUpRows(MONDAY - 3 * 86_400_000, '1d', 11);
    const weeks = resampleRows(days, { from: '1d', to: '1w' });
    assert.deepEqual(
      weeks.map(([openTime]) => openTime),
      [MONDAY],
    );
  });

  it('does not mind the order of rows nor repetitions', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([...rows.keys()], { minLength: rows.length }), (order) => {
        const shuffled = order.flatMap((index) => rows.slice(index, index + 1));
        assert.deepEqual(resampleRows([...shuffled, ...shuffled.slice(0, 3)]), hours);
      }),
      { numRuns: 30, seed: 1 },
    );
  });

  it('in two steps is resampling in one', () => {
    const long = madeUpRows(MONDAY, '15m', 96 * 3);
    const hourly = resampleCandles(columnsFromRows(long), toHours);
    const stepwise = resampleCandles(hourly, { from: '1h', to: '1d' });
    assert.deepEqual(rowsFromColumns(stepwise), resampleRows(long, { from: '15m', to: '1d' }));
  });
});
