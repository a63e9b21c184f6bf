import assert from 'node:assert/strict';
import { cleanCandles } from '@fast-scanner/server/market-data/clean-candles.ts';
import {
  type CandleColumns,
  type CandleRow,
  columnsFromRows,
  rowsFromColumns,
  TIMEFRAMES,
  type Timeframe,
  timeframeMs,
} from '@fast-scanner/shared';
import fc from 'fast-check';
import { randomSeries } from '../../support/random-series.ts';

const HOUR = 3_600_000;
const NEWEST = Date.UTC(2026, 0, 5, 11);
const NOW = NEWEST + HOUR;

function hourly(count: number, seed = 1): CandleRow[] {
  return rowsFromColumns(randomSeries({ count, newestOpenTime: NEWEST, seed }));
}

function clean(rows: readonly CandleRow[], nowMs = NOW) {
  return cleanCandles(columnsFromRows(rows), { timeframe: '1h', nowMs });
}

function assertSound(columns: CandleColumns, timeframe: Timeframe): void {
  const rows = rowsFromColumns(columns);
  rows.forEach(([openTime, open, high, low, close, volume], index) => {
    assert.ok([open, high, low, close].every((price) => Number.isFinite(price) && price > 0));
    assert.ok(low <= open && open <= high && low <= close && close <= high);
    assert.ok(Number.isFinite(volume) && volume >= 0);
    if (index > 0) assert.equal(openTime - (rows[index - 1]?.[0] ?? 0), timeframeMs(timeframe));
  });
}

/** Every way a row can be broken. */
const DAMAGES: Readonly<Record<string, (row: CandleRow) => CandleRow>> = {
  'NaN close': ([t, o, h, l, , v]) => [t, o, h, l, Number.NaN, v],
  'infinite high': ([t, o, , l, c, v]) => [t, o, Number.POSITIVE_INFINITY, l, c, v],
  'zero prices': ([t, , , , , v]) => [t, 0, 0, 0, 0, v],
  'negative low': ([t, o, h, , c, v]) => [t, o, h, -1, c, v],
  'negative volume': ([t, o, h, l, c]) => [t, o, h, l, c, -1],
  'NaN volume': ([t, o, h, l, c]) => [t, o, h, l, c, Number.NaN],
  'close above high': ([t, o, h, l, , v]) => [t, o, h, l, h * 1.01, v],
  'open below low': ([t, , h, l, c, v]) => [t, l * 0.99, h, l, c, v],
  'low above high': ([t, o, h, l, c, v]) => [t, o, l, h, c, v],
  'no time': ([, o, h, l, c, v]) => [Number.NaN, o, h, l, c, v],
  'time 0': ([, o, h, l, c, v]) => [0, o, h, l, c, v],
  'off the grid': ([t, o, h, l, c, v]) => [t + 1, o, h, l, c, v],
  'from the future': ([t, o, h, l, c, v]) => [t + 10_000 * HOUR, o, h, l, c, v],
};

describe('cleanCandles', () => {
  it('hands clean candles back as views of the input', () => {
    const input = randomSeries({ count: 300, newestOpenTime: NEWEST });
    const { closed, openCandle, rejectedTimes, filledTimes } = cleanCandles(input, {
      timeframe: '1h',
      nowMs: NOW - 1,
    });
    assert.equal(closed.close.buffer, input.close.buffer);
    assert.equal(closed.close.length, 299);
    assert.deepEqual(openCandle, rowsFromColumns(input).at(-1));
    assert.deepEqual([rejectedTimes, filledTimes], [[], []]);
  });

  it('answers empty to empty', () => {
    for (const timeframe of TIMEFRAMES) {
      const { closed, openCandle } = cleanCandles(columnsFromRows([]), { timeframe, nowMs: NOW });
      assert.equal(closed.openTime.length, 0);
      assert.equal(openCandle, null);
    }
  });

  for (const [name, damage] of Object.entries(DAMAGES)) {
    it(`throws away and counts a row with ${name}`, () => {
      const rows = hourly(100);
      const broken = damage(rows[50] ?? assert.fail());
      const { closed, rejectedTimes } = clean([...rows.slice(0, 51), broken, ...rows.slice(51)]);
      assert.deepEqual(rowsFromColumns(closed), rows);
      assert.equal(rejectedTimes.length, 1);
    });

    it(`is bad_data when more than 2 % of the rows have ${name}`, () => {
      const rows = hourly(100);
      const broken = rows.slice(50, 53).map(damage);
      assert.throws(() => clean([...rows.slice(0, 50), ...broken, ...rows.slice(53)]), { code: 'bad_data' });
    });
  }

  it('decides by time which candle is closed', () => {
    const rows = hourly(10);
    const cases: readonly (readonly [nowMs: number, closed: number, open: boolean])[] = [
      [NOW, 10, false],
      [NOW + HOUR / 2, 10, false],
      [NOW - 1, 9, true],
      [NEWEST, 9, true],
    ];
    for (const [nowMs, closedCount, isOpen] of cases) {
      const { closed, openCandle } = clean(rows, nowMs);
      assert.equal(closed.openTime.length, closedCount);
      assert.deepEqual(openCandle, isOpen ? rows.at(-1) : null);
    }
  });

  it('drops without counting what formed while the request was under way', () => {
    const rows = hourly(10);
    const nowMs = NEWEST - 1;
    const { closed, openCandle, rejectedTimes } = cleanCandles(columnsFromRows(rows), {
      timeframe: '1h',
      nowMs,
      latestMs: NEWEST,
    });
    assert.equal(closed.openTime.length, 8);
    assert.deepEqual(openCandle, rows[8]);
    assert.deepEqual(rejectedTimes, []);
  });

  it('lets the later of two rows of one time win and counts the one that says something else', () => {
    const rows = hourly(100);
    const [t, o, h, l, , v] = rows[40] ?? assert.fail();
    const revised: CandleRow = [t, o, h, l, (h + l) / 2, v];
    const { closed, rejectedTimes } = clean([...rows, revised]);
    assert.deepEqual(rowsFromColumns(closed), rows.with(40, revised));
    assert.deepEqual(rejectedTimes, [t]);
    assert.deepEqual(rowsFromColumns(clean([revised, ...rows]).closed), rows);
  });

  it('takes a whole series sent twice for what it is', () => {
    const rows = hourly(100);
    const { closed, rejectedTimes } = clean([...rows, ...rows]);
    assert.deepEqual(rowsFromColumns(closed), rows);
    assert.deepEqual(rejectedTimes, []);
  });

  it('fills a gap flat at the close before it, without volume, and says where', () => {
    const rows = hourly(100);
    const before = rows[49] ?? assert.fail();
    const missing = rows.slice(50, 53).map(([time]) => time);
    const { closed, filledTimes } = clean(rows.toSpliced(50, 3));
    assert.deepEqual(filledTimes, missing);
    assert.deepEqual(
      rowsFromColumns(closed).slice(50, 53),
      missing.map((time) => [time, before[4], before[4], before[4], before[4], 0]),
    );
  });

  it('never makes up the newest closed candle', () => {
    const rows = hourly(100);
    const { closed, openCandle, filledTimes } = clean(rows.toSpliced(98, 1), NOW - 1);
    assert.deepEqual(rowsFromColumns(closed), rows.slice(0, 98));
    assert.deepEqual(openCandle, rows.at(-1));
    assert.deepEqual(filledTimes, []);
  });

  it('is bad_data when more than a tenth of the window is missing', () => {
    const rows = hourly(100);
    assert.equal(clean(rows.toSpliced(50, 10)).filledTimes.length, 10);
    assert.throws(() => clean(rows.toSpliced(50, 11)), { code: 'bad_data' });
  });

  it('refuses a hole of decades without filling it', () => {
    const rows = hourly(100);
    const [, o, h, l, c, v] = rows[0] ?? assert.fail();
    assert.throws(() => clean([[HOUR, o, h, l, c, v], ...rows]), { code: 'bad_data' });
  });

  it('knows that weeks open on Monday', () => {
    const monday = Date.UTC(2026, 0, 5);
    const series = randomSeries({ count: 20, newestOpenTime: monday, timeframe: '1w' });
    const options = { timeframe: '1w', nowMs: monday + timeframeMs('1w') } as const;
    assert.equal(cleanCandles(series, options).closed.openTime.length, 20);
    const thursdays = randomSeries({ count: 20, newestOpenTime: Date.UTC(2026, 0, 1), timeframe: '1w' });
    assert.throws(() => cleanCandles(thursdays, options), { code: 'bad_data' });
  });

  it('makes the clean series of a shuffled one with repetitions and few broken rows', () => {
    const damage = fc.constantFrom(...Object.values(DAMAGES));
    const index = fc.nat(199);
    fc.assert(
      fc.property(
        fc.array(fc.tuple(index, damage), { maxLength: 4 }),
        fc.array(index, { maxLength: 50 }),
        fc.infiniteStream(fc.nat()),
        (damages, repeats, order) => {
          const rows = hourly(200);
          const at = (position: number): CandleRow => rows[position] ?? assert.fail();
          const messy = [
            ...rows,
            ...damages.map(([position, apply]) => apply(at(position))),
            ...repeats.map(at),
          ]
            .map((row) => ({ row, key: order.next().value ?? 0 }))
            .sort((left, right) => left.key - right.key)
            .map(({ row }) => row);
          const before = structuredClone(messy);
          const { closed, rejectedTimes } = clean(messy);
          assert.deepEqual(rowsFromColumns(closed), rows);
          assert.equal(rejectedTimes.length, damages.length);
          assert.deepEqual(messy, before);
        },
      ),
      { numRuns: 60, seed: 7 },
    );
  });

  it('gives sound candles or bad_data for any rows, and cleaning twice changes nothing', () => {
    const price = fc.oneof({ weight: 30, arbitrary: fc.double({ min: 1, max: 2 }) }, fc.double());
    const row = fc
      .tuple(fc.integer({ min: 0, max: 40 }), price, price, price, price, price, fc.boolean())
      .map(([hour, a, b, c, d, volume, ordered]): CandleRow => {
        const sorted = ordered ? [a, b, c, d].sort((left, right) => left - right) : [a, b, c, d];
        const [low = a, open = b, close = c, high = d] = sorted;
        return [NEWEST - 20 * HOUR + hour * HOUR, open, high, low, close, volume];
      });
    let usable = 0;
    fc.assert(
      fc.property(fc.array(row, { maxLength: 60 }), fc.boolean(), (rows, sorted) => {
        const input = sorted ? rows.toSorted((left, right) => left[0] - right[0]) : rows;
        try {
          const { closed } = clean(input);
          assertSound(closed, '1h');
          assert.deepEqual(clean(rowsFromColumns(closed)).closed, closed);
          usable += 1;
        } catch (error) {
          if (!(error instanceof Error && 'code' in error && error.code === 'bad_data')) throw error;
        }
      }),
      { numRuns: 400, seed: 11 },
    );
    assert.ok(usable > 20, `only ${usable} inputs were usable`);
  });
});
