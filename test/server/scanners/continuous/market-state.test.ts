import assert from 'node:assert/strict';
import { computeUniverseVolatility } from '@fast-scanner/server/analysis/continuous/universe-volatility.ts';
import { computeVolatilityRegime } from '@fast-scanner/server/analysis/continuous/volatility-regime.ts';
import {
  type CandleSeries,
  createSeries,
  sliceColumns,
  sliceSeries,
  timeframeMs,
  toIsoTime,
} from '@fast-scanner/shared';
import { FakeClock } from '../../../support/fake-clock.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';
import {
  ContinuousWorld,
  type ContinuousWorldOptions,
  EXCHANGE,
  INTERVAL_MS,
  OTHER_EXCHANGE,
  seriesOf,
  WORLD_START,
} from './continuous-world.ts';

const DAY = 86_400_000;
const COINS = ['A/USDT', 'B/USDT', 'C/USDT', 'D/USDT'];

describe('the state of the market', () => {
  const folder = temporaryFolder();
  let folders = 0;
  let world: ContinuousWorld;
  const open = async (options: Omit<ContinuousWorldOptions, 'dataDir'>) => {
    folders += 1;
    world = await ContinuousWorld.open({ dataDir: `${folder.path}/${folders}`, ...options });
  };
  afterEach(() => world.close());

  it('is not known before anything was read', async () => {
    await open({ symbols: COINS });
    await assert.rejects(world.scanner.marketState(), { code: 'not_found' });
    await world.startAndSettle();
    assert.equal((await world.scanner.status()).market_state, null);
  });

  it('is told as soon as there are prices and candles, however long its interval is', async () => {
    await open({ symbols: COINS });
    await world.startAndSettle({ config: { market_state_interval: 86_400 } });
    world.tellPrices({ 'A/USDT': 100 });
    await world.clock.advance(INTERVAL_MS);
    await world.settled(['price', 'signals']);
    assert.equal((await world.scanner.marketState()).breadth.coverage, 0.25);
  });

  it('compares coins with their close 24 hours ago, and tells of how many it knows', async () => {
    await open({ symbols: COINS });
    await world.startAndSettle();
    const series = COINS.flatMap((symbol, at) => seriesOf(symbol, at));
    const then = WORLD_START + 60_000 - DAY;
    const references = COINS.map((coin) => {
      const fives = series.find(({ symbol, timeframe }) => symbol === coin && timeframe === '5m');
      const index = fives?.openTime.findLastIndex((time) => time + 300_000 <= then) ?? -1;
      return fives?.close[index] ?? Number.NaN;
    });
    const [a = 0, b = 0, c = 0] = references;
    world.tellPrices({ 'A/USDT': a * 1.01, 'B/USDT': b * 0.99, 'C/USDT': c });
    await world.step(2);
    const { success: _, data_sources, ...state } = await world.scanner.marketState();
    assert.deepEqual(data_sources, [{ exchange: EXCHANGE, kind: 'live' }]);
    assert.deepEqual(state.breadth, {
      advancing: 1,
      declining: 1,
      unchanged: 1,
      breadth_ratio: 0.5,
      market_bias: 'neutral',
      coverage: 0.75,
    });
    const hours = series.filter(({ timeframe }) => timeframe === '1h').map((one) => newestClosed(one));
    assert.equal(state.volatility_regime, computeVolatilityRegime(computeUniverseVolatility(hours)).regime);
    const told = (await world.told()).filter(({ signal_type }) => signal_type !== 'NEUTRAL');
    assert.equal(state.active_signals, told.length);
    const event = (await world.events()).findLast(({ type }) => type === 'marketState');
    assert.deepEqual(
      { ...event, type: undefined, seq: undefined },
      { ...state, type: undefined, seq: undefined },
    );
  });

  it('counts newer signals only: of a series the newest', async () => {
    await open({ symbols: COINS });
    await world.startAndSettle();
    await world.step(11);
    const newest = new Map(
      (await world.told()).map((signal) => [`${signal.symbol} ${signal.style}`, signal.signal_type]),
    );
    const active = [...newest.values()].filter((type) => type !== 'NEUTRAL').length;
    await world.step();
    assert.equal((await world.scanner.marketState()).active_signals, active);
  });

  it('does not count a price that is not known any more', async () => {
    await open({ symbols: COINS });
    await world.startAndSettle();
    const coverage = async (steps = 2) => {
      for (let time = 0; time < steps; time += 1) {
        await world.clock.advance(30_000); // the prices are taken by a loop of their own, which may wait longer
        await world.settled(['market_state']);
      }
      return (await world.scanner.marketState()).breadth.coverage;
    };
    world.tellPrices({ 'A/USDT': 1, 'B/USDT': 1, 'C/USDT': 1, 'D/USDT': 1 });
    assert.equal(await coverage(), 1);
    world.tellPrices({}, { errors: [{ symbol: 'A/USDT', code: 'delisted', error: 'gone' }] });
    assert.equal(await coverage(), 0.75);
    world.tellPrices({}, { error: { code: 'exchange_unavailable', detail: 'away' } });
    assert.equal(await coverage(1), 0.75, 'a moment without prices changes nothing');
    assert.equal((await world.scanner.status()).streams.price.last_error?.code, 'exchange_unavailable');
    for (let time = 0; time < 2; time += 1) {
      await world.clock.advance(30_000);
      await world.settled(['market_state']);
    }
    assert.equal((await world.scanner.marketState()).breadth.coverage, 0);
    world.tellPrices({ 'A/USDT': 2 });
    await world.clock.advance(30_000);
    await world.settled(['market_state']);
    await world.clock.advance(30_000);
    await world.settled(['market_state']);
    assert.equal((await world.scanner.marketState()).breadth.coverage, 1);
  });

  it('knows the prices of one exchange while another has none', async () => {
    const exchanges = [EXCHANGE, OTHER_EXCHANGE];
    await open({ symbols: COINS, exchanges });
    await world.startAndSettle({ exchanges });
    world.tellPrices({}, { error: { code: 'exchange_unavailable', detail: 'away' } }, OTHER_EXCHANGE);
    world.tellPrices({ 'A/USDT': 1, 'B/USDT': 1, 'C/USDT': 1, 'D/USDT': 1 });
    await world.step(3);
    assert.equal((await world.scanner.marketState()).breadth.coverage, 0.5);
    const { price } = (await world.scanner.status()).streams;
    assert.deepEqual([price.errors, price.last_error?.code], [3, 'exchange_unavailable']);
    const changes = (await world.events()).flatMap((event) =>
      event.type === 'streamStatus' ? [event.change] : [],
    );
    assert.deepEqual(changes, ['started'], 'which is no failure of the loop');
  });

  it('compares stocks with the close of the session before the one their price is of', async () => {
    const clock = new FakeClock(Date.UTC(2026, 0, 9, 18)); // a Friday, in the session
    const stocks = ['ABC', 'XYZ'];
    await open({
      clock,
      symbols: stocks,
      series: stocks.flatMap((symbol, seed) => dailyStock(symbol, seed)),
    });
    await world.startAndSettle();
    const closeOf = (symbol: string, day: number) => {
      const daily = dailyStock(symbol, stocks.indexOf(symbol))[0];
      const index = daily?.openTime.indexOf(day) ?? -1;
      return daily?.close[index] ?? Number.NaN;
    };
    const thursday = Date.UTC(2026, 0, 8);
    const prices = { ABC: closeOf('ABC', thursday) * 1.02, XYZ: closeOf('XYZ', thursday) };
    world.tellPrices(prices);
    await world.step(2);
    const friday = (await world.scanner.marketState()).breadth;
    assert.deepEqual([friday.advancing, friday.unchanged, friday.coverage], [1, 1, 1]);
    // On Saturday the candle of Friday is closed, but the price is of Friday's session still.
    clock.jumpWall(DAY);
    await world.step(2);
    assert.equal(world.source().requests.filter(({ timeframe }) => timeframe === '1d').length >= 2, true);
    assert.deepEqual((await world.scanner.marketState()).breadth, friday);
    // On Monday the session before is Friday's.
    clock.jumpWall(2 * DAY);
    const ofFriday = closeOf('ABC', Date.UTC(2026, 0, 9));
    world.tellPrices({ ABC: ofFriday * 0.9, XYZ: closeOf('XYZ', Date.UTC(2026, 0, 9)) * 0.9 });
    await world.step(2);
    const monday = (await world.scanner.marketState()).breadth;
    assert.deepEqual([monday.declining, monday.coverage, monday.market_bias], [2, 1, 'bearish']);
  });
});

function newestClosed(series: CandleSeries): CandleSeries {
  const end =
    series.openTime.findLastIndex((time) => time + timeframeMs(series.timeframe) <= WORLD_START + 60_000) + 1;
  return sliceSeries(series, end - 121, end);
}

/** Daily candles of the sessions around January 2026. */
function dailyStock(symbol: string, seed: number): CandleSeries[] {
  const [, , , daily] = seriesOf(symbol, seed);
  assert.ok(daily);
  const shift = Date.UTC(2026, 0, 20) - (daily.openTime.at(-1) ?? 0);
  const moved = { ...sliceColumns(daily, 0), openTime: daily.openTime.map((time) => time + shift) };
  const sessions = [...moved.openTime.keys()].filter((index) => isWeekday(moved.openTime[index] ?? 0));
  const pick = (column: Float64Array) => Float64Array.from(sessions, (index) => column[index] ?? Number.NaN);
  const { openTime, open, high, low, close, volume } = moved;
  const columns = {
    openTime: pick(openTime),
    open: pick(open),
    high: pick(high),
    low: pick(low),
    close: pick(close),
    volume: pick(volume),
  };
  return [createSeries(symbol, '1d', columns)];
}

function isWeekday(time: number): boolean {
  const isHoliday = toIsoTime(time).startsWith('2026-01-01') || toIsoTime(time).startsWith('2026-01-19');
  return ![0, 6].includes(new Date(time).getUTCDay()) && !isHoliday;
}
