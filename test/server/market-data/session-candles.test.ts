import assert from 'node:assert/strict';
import { createCandleFeed } from '@fast-scanner/server/market-data/candle-feed.ts';
import { createDemoMarketData } from '@fast-scanner/server/market-data/demo/demo-market-data.ts';
import { nyseSessions } from '@fast-scanner/server/market-data/sessions/nyse-sessions.ts';
import { type CandleRow, columnsFromRows, createSeries, rowsFromColumns } from '@fast-scanner/shared';
import { FakeClock } from '../../support/fake-clock.ts';
import { RecordedSource } from '../../support/recorded-source.ts';

const DAY = 86_400_000;
/** Of Presidents' Day, after a weekend. */
const MONDAY = Date.UTC(2024, 1, 19, 15);
const DAILY = { symbol: 'AAPL', timeframe: '1d' } as const;

describe('the newest candles of a stock', () => {
  const demo = (now = MONDAY) => {
    const clock = new FakeClock(now);
    return {
      clock,
      feed: createCandleFeed(createDemoMarketData({ seed: 1, latencyMs: 0, clock }), { clock }),
    };
  };

  /** The rows of the demo's stock, each as the script has it. */
  const recorded = async (script: (rows: CandleRow[]) => CandleRow[]) => {
    const { clock, feed } = demo();
    const { series } = await feed.candles({ ...DAILY, count: 200 });
    const changed = createSeries('AAPL', '1d', columnsFromRows(script(rowsFromColumns(series))));
    const source = new RecordedSource({ series: [changed], now: () => clock.now(), kind: 'recorded' });
    return { clock, source, feed: createCandleFeed(source, { clock }) };
  };

  it('are those of the newest sessions: weekends and holidays are no gaps', async () => {
    const { series, openCandle, quality } = await demo().feed.candles({ ...DAILY, count: 250 });
    assert.deepEqual([...series.openTime], nyseSessions(0, MONDAY - 2 * DAY).slice(-250));
    assert.deepEqual([openCandle, quality], [null, { rejected: 0, filled: 0 }]);
  });

  it('are read once until the next session is over, which a holiday is not', async () => {
    const { clock, source, feed } = await recorded((rows) => rows);
    await feed.candles({ ...DAILY, count: 100 });
    await feed.candles({ ...DAILY, count: 50 });
    await clock.advance(1.3 * DAY);
    const { series } = await feed.candles({ ...DAILY, count: 100 });
    assert.deepEqual([...series.openTime], nyseSessions(0, MONDAY).slice(-100));
    assert.equal(source.requests.length, 1);
    await clock.advance(DAY);
    await assert.rejects(feed.candles({ ...DAILY, count: 100 }), { code: 'stale_data' });
    assert.equal(source.requests.length, 2);
  });

  it('are not made up where a session is missing, and broken ones are counted', async () => {
    const spoil = ([openTime]: CandleRow): CandleRow => [openTime, 0, 0, 0, 0, 0];
    const { feed } = await recorded((rows) =>
      rows.flatMap((row, index) => (index === 120 ? [] : [index === 130 ? spoil(row) : row])),
    );
    const { series, quality } = await feed.candles({ ...DAILY, count: 150 });
    assert.deepEqual([series.length, quality], [150, { rejected: 1, filled: 0 }]);
    const expected = nyseSessions(0, MONDAY).slice(-152);
    assert.deepEqual([...series.openTime], expected.toSpliced(82, 1).toSpliced(72, 1));
  });

  it('come by the week too', async () => {
    const { series } = await demo().feed.candles({ ...DAILY, timeframe: '1w', count: 30 });
    assert.equal(series.length, 30);
    assert.equal(series.openTime.at(-1), Date.UTC(2024, 1, 12));
  });
});
