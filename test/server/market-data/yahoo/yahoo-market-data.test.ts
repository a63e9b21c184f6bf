import assert from 'node:assert/strict';
import { join } from 'node:path';
import { createGovernor } from '@fast-scanner/server/market-data/governor/create-governor.ts';
import { nyseSessions } from '@fast-scanner/server/market-data/sessions/nyse-sessions.ts';
import { rowsFromColumns } from '@fast-scanner/shared';
import { candleHistoryContract } from '../../../contracts/candle-history.contract.ts';
import { eventually } from '../../../support/eventually.ts';
import { FakeClock } from '../../../support/fake-clock.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';
import { NOW, openYahoo } from './open-yahoo.ts';
import { MADE_UP_DAYS, startYahooServer, type YahooServer } from './yahoo-server.ts';

const DAY = 86_400_000;
const FROM = Date.UTC(2023, 0, 1);
const YEAR = { timeframe: '1d', from: FROM, to: Date.UTC(2024, 0, 1) } as const;

describe('Yahoo Finance', () => {
  const folder = temporaryFolder();
  let server: YahooServer;
  let count = 0;

  beforeEach(async () => {
    server = await startYahooServer();
    count += 1;
  });

  afterEach(() => server.close());

  const open = (clock = new FakeClock(NOW)) =>
    openYahoo({ cacheDir: join(folder.path, String(count)), baseUrl: server.url, clock });

  candleHistoryContract('yahoo', async () => {
    const own = await startYahooServer();
    count += 1;
    const { feed } = openYahoo({ cacheDir: join(folder.path, `contract ${count}`), baseUrl: own.url });
    return {
      feed,
      dataSource: { exchange: 'yahoo', kind: 'live' },
      requests: [
        { symbol: 'AAPL', ...YEAR },
        { symbol: 'BRK.B', timeframe: '1w', from: Date.UTC(2015, 0, 1), to: NOW },
        { symbol: 'SAP.DE', ...YEAR },
      ],
      teardown: () => own.close(),
    };
  });

  it('tells the candles of every session, in one request', async () => {
    const { candles, quality } = await open().feed.history({ symbol: 'AAPL', ...YEAR });
    assert.deepEqual([...candles.openTime], nyseSessions(YEAR.from, YEAR.to));
    assert.deepEqual([quality.missing, quality.rejected], [0, 0]);
    assert.deepEqual(server.requests, ['AAPL 2023-01-01']);
  });

  it('adjusts open, high and low as the close is adjusted, and leaves volumes alone', async () => {
    const [first, second] = [Date.UTC(2023, 0, 3), Date.UTC(2023, 0, 4)];
    server.days.set(
      'AAPL',
      new Map([
        [first, [100, 110, 90, 105, 52.5, 1_000]],
        [second, [50, 60, 40, 55, 55, 3_000]],
      ]),
    );
    const { candles } = await open().feed.history({ symbol: 'AAPL', ...YEAR });
    assert.deepEqual(rowsFromColumns(candles), [
      [first, 50, 55, 45, 52.5, 1_000],
      [second, 50, 60, 40, 55, 3_000],
    ]);
  });

  it('leaves days without a trade out and rejects those that are told in part', async () => {
    const days = new Map(MADE_UP_DAYS);
    const sessions = nyseSessions(YEAR.from, YEAR.to);
    const [empty = 0, partial = 0] = sessions.slice(100);
    days.set(empty, [null, null, null, null, null, null]);
    days.set(partial, [10, 11, null, 10, 10, 5]);
    server.days.set('AAPL', days);
    const { quality } = await open().feed.history({ symbol: 'AAPL', ...YEAR });
    assert.deepEqual(quality.rejections, [{ openTime: partial, reason: 'missing_value' }]);
    assert.deepEqual(quality.gaps, [{ from: empty, to: partial, candles: 2 }]);
  });

  it('writes share classes with a dash and asks for nothing that is no stock', async () => {
    const { feed } = open();
    await feed.history({ symbol: 'BRK.B', ...YEAR });
    await feed.history({ symbol: 'SAP.DE', ...YEAR });
    await assert.rejects(feed.history({ symbol: 'BTC/USDT', ...YEAR }), { code: 'symbol_unknown' });
    assert.deepEqual(server.requests, ['BRK-B 2023-01-01', 'SAP.DE 2023-01-01']);
  });

  it('lists the S&P 500 without a request, and has no candles shorter than a day', async () => {
    const { feed } = open();
    const markets = await feed.markets();
    assert.equal(markets.length, 503);
    assert.ok(markets.every(({ kind, active }) => kind === 'stock' && active));
    await assert.rejects(feed.history({ symbol: 'AAPL', ...YEAR, timeframe: '1h' }), {
      code: 'not_supported',
    });
    assert.deepEqual(server.requests, []);
  });

  it('tells the newest candles, the forming one included, and none from the future', async () => {
    const { source } = open();
    const { openTime } = await source.fetchCandles({ symbol: 'AAPL', timeframe: '1d', limit: 300 });
    assert.deepEqual([...openTime], nyseSessions(Date.UTC(2020, 0, 1), NOW).slice(-300));
    const since = Date.UTC(2024, 5, 7);
    const recent = await source.fetchCandles({ symbol: 'AAPL', timeframe: '1d', limit: 300, since });
    assert.equal(recent.openTime[0], since);
    assert.equal(
      (await source.fetchCandles({ symbol: 'AAPL', timeframe: '1w', limit: 3 })).openTime.length,
      3,
    );
  });

  it('tells prices as they were paid, with the change since the session before; unknown tickers are absent', async () => {
    const { source } = open();
    const tickers = await source.fetchTickers(['AAPL', 'NOSUCH', 'BTC/USDT']);
    const days = [...MADE_UP_DAYS].filter(([day]) => day < NOW).slice(-2);
    const [before = 0, last = 0] = days.map(([, values]) => values[3] ?? 0);
    assert.deepEqual([...tickers.keys()], ['AAPL']);
    assert.equal(tickers.get('AAPL')?.last, last);
    assert.equal(tickers.get('AAPL')?.change24hPct, (last / before - 1) * 100);
    assert.equal(tickers.get('AAPL')?.timestamp, NOW);
  });

  it('waits as long as a 429 says, and then goes on: a limit is no reason to call a stock unknown', async () => {
    const clock = new FakeClock(NOW);
    const governor = createGovernor({ exchangeId: 'yahoo', clock, maxConcurrency: 2 });
    const cacheDir = join(folder.path, 'limited');
    const { feed } = openYahoo({
      cacheDir,
      baseUrl: server.url,
      clock,
      run: (...call) => governor.run(...call),
    });
    const body =
      '{"chart":{"result":null,"error":{"code":"Not Found","description":"No data found, symbol may be delisted"}}}';
    server.script.push({ status: 429, headers: { 'Retry-After': '7' }, body });
    const history = feed.history({ symbol: 'AAPL', ...YEAR });
    await eventually(() => assert.equal(governor.state().status, 'rate_limited'));
    assert.equal(governor.state().resumesAt, NOW + 7_000);
    await clock.advance(6_999);
    assert.equal(server.requests.length, 1);
    await clock.advance(1);
    await eventually(() => assert.equal(server.requests.length, 2));
    assert.equal((await history).candles.openTime.length, 250);
  });

  const refusals = [
    {
      what: 'an unknown ticker',
      status: 404,
      body: refusal('Not Found', 'No data found, symbol may be delisted'),
      code: 'symbol_unknown',
    },
    {
      what: 'a limit',
      status: 429,
      body: refusal('Not Found', 'No data found, symbol may be delisted'),
      code: 'rate_limited',
    },
    { what: 'a limit in plain text', status: 429, body: 'Too Many Requests\r\n', code: 'rate_limited' },
    { what: 'a limit with a status of its own', status: 999, body: '<html>', code: 'rate_limited' },
    {
      what: 'a limit told as an error',
      status: 200,
      body: refusal('Too Many Requests', ''),
      code: 'rate_limited',
    },
    {
      what: 'a closed door',
      status: 401,
      body: refusal('Unauthorized', 'Invalid Crumb'),
      code: 'exchange_denied',
    },
    { what: 'a blocked country', status: 451, body: '', code: 'exchange_denied' },
    { what: 'a failure', status: 502, body: '<html>', code: 'exchange_unavailable' },
    { what: 'a page instead of a refusal', status: 404, body: '<html>', code: 'exchange_bad_response' },
    {
      what: 'a page instead of an answer',
      status: 200,
      body: '<!doctype html>',
      code: 'exchange_bad_response',
    },
    { what: 'a torn answer', status: 200, body: '{"chart":{"result":[{"meta', code: 'exchange_bad_response' },
    {
      what: 'an answer of another shape',
      status: 200,
      body: '{"chart":{"result":[{"meta":{}}]}}',
      code: 'exchange_bad_response',
    },
    {
      what: 'an answer without adjusted prices',
      status: 200,
      body: unadjusted(),
      code: 'exchange_bad_response',
    },
    {
      what: 'a redirect',
      status: 302,
      body: '',
      headers: { Location: '/consent' },
      code: 'exchange_bad_response',
    },
    {
      what: 'a range without data',
      status: 400,
      body: refusal('Bad Request', "Data doesn't exist"),
      code: 'no_data',
    },
  ] as const;
  for (const { what, code, ...answer } of refusals) {
    it(`reads ${what} (HTTP ${answer.status}) as ${code}`, async () => {
      server.script.push(answer);
      await assert.rejects(open().feed.history({ symbol: 'AAPL', ...YEAR }), { code });
    });
  }

  it('ends a hanging request when nobody waits for it any more', async () => {
    server.script.push('hang');
    const controller = new AbortController();
    const history = open().feed.history({ symbol: 'AAPL', ...YEAR }, { signal: controller.signal });
    await eventually(() => assert.equal(server.requests.length, 1));
    const reason = new Error('no longer wanted');
    controller.abort(reason);
    await assert.rejects(history, reason);
  });

  it('says that it cannot be reached when it cannot', async () => {
    await server.close();
    await assert.rejects(open().feed.history({ symbol: 'AAPL', ...YEAR }), {
      code: 'exchange_unavailable',
      message: 'Yahoo Finance: cannot be reached',
    });
  });
});

function refusal(code: string, description: string): string {
  return JSON.stringify({ chart: { result: null, error: { code, description } } });
}

function unadjusted(): string {
  const one = [1];
  const result = {
    meta: { exchangeTimezoneName: 'America/New_York' },
    timestamp: [Date.UTC(2023, 0, 3) / 1_000 + DAY / 2_000],
    indicators: { quote: [{ open: one, high: one, low: one, close: one, volume: one }] },
  };
  return JSON.stringify({ chart: { result: [result], error: null } });
}
