import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { FakeClock } from '../../../support/fake-clock.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';
import { NOW, openYahoo } from './open-yahoo.ts';
import { startYahooServer, type YahooServer } from './yahoo-server.ts';

const DAY = 86_400_000;
const AAPL = {
  symbol: 'AAPL',
  timeframe: '1d',
  from: Date.UTC(2023, 0, 1),
  to: Date.UTC(2024, 0, 1),
} as const;
/** Of a Friday afternoon in New York. */
const FRIDAY = Date.UTC(2024, 5, 14, 20);

describe('what was fetched from Yahoo', () => {
  const folder = temporaryFolder();
  let server: YahooServer;
  let cacheDir = '';
  let count = 0;

  beforeEach(async () => {
    server = await startYahooServer();
    cacheDir = join(folder.path, String(++count), 'yahoo');
  });

  afterEach(() => server.close());

  const openAt = (now: number) =>
    openYahoo({ cacheDir, baseUrl: server.url, clock: new FakeClock(now) }).feed;
  const file = () => join(cacheDir, 'stock-AAPL.json');

  it('is kept on disk: neither the same range nor a part of it costs another request, also after a restart', async () => {
    const feed = openAt(NOW);
    const first = await feed.history(AAPL);
    assert.deepEqual(await feed.history(AAPL), first);
    const restarted = openAt(NOW + 400 * DAY);
    assert.deepEqual(await restarted.history(AAPL), first);
    const weekly = { ...AAPL, timeframe: '1w', from: AAPL.from + 30 * DAY } as const;
    await restarted.history(weekly);
    assert.deepEqual(server.requests, ['AAPL 2023-01-01']);
  });

  it('is fetched anew as a whole when an earlier past is wanted, since a dividend in between rescales everything', async () => {
    await openAt(NOW).history(AAPL);
    const longer = await openAt(NOW + 90 * DAY).history({ ...AAPL, from: Date.UTC(2020, 0, 1) });
    assert.equal(longer.candles.openTime.length, 1_006);
    await openAt(NOW + 90 * DAY).history(AAPL);
    await openAt(NOW + 90 * DAY).history({ ...AAPL, to: NOW + 80 * DAY });
    assert.deepEqual(server.requests, ['AAPL 2023-01-01', 'AAPL 2020-01-01']);
  });

  it('is asked for again once a weekday is over, with all of its past, and not over a weekend', async () => {
    const upToNow = { ...AAPL, to: Number.MAX_SAFE_INTEGER };
    const newestAt = async (now: number) => (await openAt(now).history(upToNow)).candles.openTime.at(-1);
    const thursday = Date.UTC(2024, 5, 13);
    assert.equal(await newestAt(FRIDAY), thursday);
    assert.equal(await newestAt(FRIDAY + 3 * 3_600_000), thursday);
    assert.equal(server.requests.length, 1);
    assert.equal(await newestAt(FRIDAY + DAY), thursday + DAY);
    assert.equal(server.requests.length, 2);
    for (const later of [1.5, 2, 3]) assert.equal(await newestAt(FRIDAY + later * DAY), thursday + DAY);
    assert.deepEqual(server.requests, ['AAPL 2023-01-01', 'AAPL 2023-01-01']);
  });

  it('is fetched again when its file is torn, empty, foreign or of another stock, and the file is mended', async () => {
    const first = await openAt(NOW).history(AAPL);
    const good = readFileSync(file(), 'utf8');
    const bad = [
      good.slice(0, 1_000),
      '',
      '{}',
      '[]',
      good.replace('"AAPL"', '"MSFT"'),
      good.replace('"version":1', '"version":2'),
    ];
    for (const [index, text] of bad.entries()) {
      writeFileSync(file(), text);
      assert.deepEqual(await openAt(NOW).history(AAPL), first);
      assert.equal(server.requests.length, index + 2);
      assert.equal(readFileSync(file(), 'utf8'), good);
    }
  });

  it('lies in one file a stock, which no ticker can lead out of the folder or to another’s file', async () => {
    const days = server.days.get('AAPL') ?? new Map();
    const tickers = ['AAPL', 'BRK.B', 'BRK-B', 'CON', 'A.', 'A'];
    for (const name of ['CON', 'A.', 'A']) server.days.set(name, days);
    const feed = openAt(NOW);
    for (const symbol of tickers) await feed.history({ ...AAPL, symbol });
    for (const symbol of ['../A', 'A/B', 'a', ''])
      await assert.rejects(feed.history({ ...AAPL, symbol }), { code: 'symbol_unknown' });
    assert.deepEqual(readdirSync(cacheDir).sort(), tickers.map((ticker) => `stock-${ticker}.json`).sort());
    assert.deepEqual(readdirSync(join(cacheDir, '..')), ['yahoo']);
  });

  it('is rid of what a killed process left half written', async () => {
    mkdirSync(cacheDir, { recursive: true });
    writeFileSync(join(cacheDir, 'stock-MSFT.json.1.tmp'), '{"version":1,"sym');
    await openAt(NOW).history(AAPL);
    assert.deepEqual(readdirSync(cacheDir), ['stock-AAPL.json']);
  });

  it('is answered all the same when it cannot be written, and nothing half written is left', async () => {
    mkdirSync(join(cacheDir, '..'), { recursive: true });
    writeFileSync(cacheDir, 'a file where the folder should be');
    assert.equal((await openAt(NOW).history(AAPL)).candles.openTime.length, 250);
    rmSync(cacheDir);
    mkdirSync(join(cacheDir, 'stock-AAPL.json', 'in the way'), { recursive: true });
    assert.equal((await openAt(NOW).history(AAPL)).candles.openTime.length, 250);
    assert.deepEqual(readdirSync(cacheDir), ['stock-AAPL.json']);
  });
});
