import assert from 'node:assert/strict';
import { type CandleRow, rowsFromColumns } from '@fast-scanner/shared';
import type { CandleFault } from '../../../support/exchange-server/index.ts';
import { openSource } from './open-source.ts';

const HOUR = 3_600_000;
/** Half past the hour: the candle that opened at the hour is open. */
let now = Date.UTC(2026, 0, 5, 12, 30);
const OPEN = Date.UTC(2026, 0, 5, 12);

describe('the test exchange', () => {
  const exchange = openSource({ symbols: ['BTC/USDT', 'ETH/USDT'], now: () => now });

  beforeEach(() => {
    now = OPEN + HOUR / 2;
  });

  const fetchRows = async (timeframe: '15m' | '1h' | '1d' = '1h', limit = 20): Promise<CandleRow[]> =>
    rowsFromColumns(await exchange.source.fetchCandles({ symbol: 'BTC/USDT', timeframe, limit }));

  it('gives the same closed candles whenever asked, and its longer candles span its shorter ones', async () => {
    const before = await fetchRows();
    now += 60_000;
    assert.deepEqual((await fetchRows()).slice(0, -1), before.slice(0, -1));
    const quarters = await fetchRows('15m', 80);
    for (const [openTime, open, , , close] of before.slice(1, -1)) {
      const first = quarters.find(([time]) => time === openTime);
      const last = quarters.find(([time]) => time === openTime + 0.75 * HOUR);
      assert.deepEqual([first?.[1], last?.[4]], [open, close]);
    }
  });

  const DAMAGE: Readonly<Partial<Record<CandleFault, (rows: CandleRow[], clean: CandleRow[]) => void>>> = {
    tooFew: (rows, clean) => assert.deepEqual(rows, clean.slice(-3)),
    negative: (rows) => assert.ok((rows[5]?.[3] ?? 0) < 0),
    duplicated: (rows) => assert.ok(new Set(rows.map(([openTime]) => openTime)).size < rows.length),
    gap: (rows, clean) => assert.equal(rows.length, clean.length - 3),
    future: (rows) => assert.equal(rows.at(-1)?.[0], OPEN + 2 * HOUR),
    noOpenCandle: (rows) => assert.equal(rows.at(-1)?.[0], OPEN - HOUR),
    newestClosedMissing: (rows) =>
      assert.deepEqual(
        rows.slice(-2).map(([openTime]) => openTime),
        [OPEN - 2 * HOUR, OPEN],
      ),
  };

  for (const [fault, check] of Object.entries(DAMAGE)) {
    it(`damages candles as scripted: ${fault}`, async () => {
      const clean = await fetchRows();
      exchange.server.script({ path: 'klines', fault: { kind: 'candles', fault: fault as CandleFault } }); // a key of the table above
      check(await fetchRows(), clean);
    });
  }

  it('lags: just after a close the closed candle is still the last and not final', async () => {
    now = OPEN + HOUR + 500;
    const prompt = await fetchRows();
    exchange.server.script({ path: 'klines', times: 1, fault: { kind: 'lag', ms: 2_000 } });
    const lagging = await fetchRows();
    assert.equal(prompt.at(-1)?.[0], OPEN + HOUR);
    assert.equal(lagging.at(-1)?.[0], OPEN);
    assert.notDeepEqual(lagging.at(-1), prompt.at(-2));
    assert.deepEqual((await fetchRows()).at(-2), prompt.at(-2));
  });

  it('shows a fault to the symbol and as often as scripted', async () => {
    exchange.server.script({
      path: 'klines',
      symbol: 'ETH/USDT',
      after: 1,
      times: 1,
      fault: { kind: 'status', status: 500 },
    });
    const ends: string[] = [];
    for (const symbol of ['BTC/USDT', 'ETH/USDT', 'ETH/USDT', 'BTC/USDT', 'ETH/USDT']) {
      const candles = exchange.source.fetchCandles({ symbol, timeframe: '1h', limit: 2 });
      ends.push(
        await candles.then(
          () => 'ok',
          () => 'failed',
        ),
      );
    }
    assert.deepEqual(ends, ['ok', 'ok', 'failed', 'ok', 'ok']);
  });
});
