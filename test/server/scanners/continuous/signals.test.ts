import assert from 'node:assert/strict';
import { computeSymbolSignal } from '@fast-scanner/server/analysis/continuous/symbol-signal.ts';
import {
  type CandleSeries,
  CONTINUOUS_BUFFERS,
  ScannerError,
  sliceSeries,
  TRADING_STYLES,
  timeframeMs,
  toIsoTime,
} from '@fast-scanner/shared';
import { eventually } from '../../../support/eventually.ts';
import { Gate } from '../../../support/gate.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';
import {
  type ContinuousEvent,
  ContinuousWorld,
  type ContinuousWorldOptions,
  EXCHANGE,
  identityOf,
  OTHER_EXCHANGE,
  SYMBOLS,
  seriesOf,
  WORLD_START,
} from './continuous-world.ts';

const EXCHANGES = [EXCHANGE, OTHER_EXCHANGE];
const SERIES = SYMBOLS.length * TRADING_STYLES.length;

/** The signal of the candle that closes then, computed from the series as they are. */
function expectedSignal(
  series: readonly CandleSeries[],
  event: Extract<ContinuousEvent, { type: 'continuousSignal' }>,
  config: Parameters<typeof computeSymbolSignal>[1]['config'],
) {
  const one = series.find(
    ({ symbol, timeframe }) => symbol === event.symbol && timeframe === event.timeframe,
  );
  assert.ok(one);
  const end = one.openTime.indexOf(Date.parse(event.candleCloseTime) - timeframeMs(one.timeframe)) + 1;
  const held = sliceSeries(one, end - CONTINUOUS_BUFFERS.candles, end);
  return computeSymbolSignal(held, { style: event.style, config });
}

describe('the signals of the continuous scanner', () => {
  const folder = temporaryFolder();
  let world: ContinuousWorld;
  let folders = 0;
  const open = async (options: Omit<ContinuousWorldOptions, 'dataDir'> = {}) => {
    folders += 1;
    world = await ContinuousWorld.open({ dataDir: `${folder.path}/${folders}`, ...options });
    return world;
  };
  afterEach(async () => {
    await world.close();
  });

  it('are one for each symbol, timeframe and closed candle, as computed from the series', async () => {
    await open();
    const { config } = await world.startAndSettle({ config: { momentum_bias: 0.7 } });
    assert.equal((await world.told()).length, SERIES, 'at first one of the newest candle each');
    await world.step(30);
    const told = await world.told();
    const identities = told.map(identityOf);
    assert.equal(new Set(identities).size, identities.length);
    // From 10:50:20 to 11:05:20: at 10:55, 11:00 and 11:05 five minutes, at 11:00 an hour.
    assert.equal(told.length, SERIES + SYMBOLS.length * 4);
    const series = SYMBOLS.flatMap((symbol, at) => seriesOf(symbol, at));
    for (const { type: _, seq, exchange, symbol, timestamp, ...found } of told) {
      assert.equal(exchange, EXCHANGE);
      assert.ok(timestamp >= found.candleCloseTime && seq > 0);
      const event = told.find((one) => one.seq === seq);
      assert.deepEqual(found, event && expectedSignal(series, event, config), `${symbol} ${found.timeframe}`);
    }
    assert.deepEqual(world.bugs, []);
  });

  it('cost no request and are not told while no candle has closed; then only what is new is asked for', async () => {
    await open();
    await world.startAndSettle();
    const source = world.source();
    assert.equal(source.requests.length, SERIES);
    const events = (await world.told()).length;
    await world.step(9); // to 10:54:50
    assert.equal(source.requests.length, SERIES);
    assert.equal((await world.told()).length, events);
    await world.step(1); // 10:55:20
    const news = source.requests.slice(SERIES);
    assert.deepEqual(
      news.map(({ symbol, timeframe }) => `${symbol} ${timeframe}`).sort(),
      SYMBOLS.map((symbol) => `${symbol} 5m`).sort(),
    );
    for (const { limit } of news) assert.ok(limit < 10, `asked for ${limit} candles for the sake of one`);
    assert.equal((await world.told()).length, events + SYMBOLS.length);
  });

  it('keep the same symbol of two exchanges apart', async () => {
    await open({ exchanges: EXCHANGES, symbols: ['BTC/USDT'] });
    const { symbols, data_sources } = await world.startAndSettle({ exchanges: EXCHANGES });
    assert.deepEqual([symbols, data_sources.map(({ exchange }) => exchange)], [['BTC/USDT'], EXCHANGES]);
    await world.step(10);
    const told = await world.told();
    const prices = EXCHANGES.map((exchange) =>
      told
        .filter((signal) => signal.exchange === exchange && signal.timeframe === '5m')
        .map(({ price }) => price),
    );
    assert.deepEqual(
      prices.map(({ length }) => length),
      [2, 2],
    );
    assert.notDeepEqual(prices[0], prices[1]);
    const [here, there] = await Promise.all(
      EXCHANGES.map((exchange) => world.scanner.confluence('BTC/USDT', { min_score: 60, exchange })),
    );
    assert.equal(here?.data_source.exchange, EXCHANGE);
    assert.notEqual(here?.timeframe_details.scalp?.price, there?.timeframe_details.scalp?.price);
  });

  it('make up for candles that closed while the clock ran on', async () => {
    await open();
    await world.startAndSettle();
    const before = (await world.told()).length;
    world.clock.jumpWall(3_600_000);
    await world.step();
    const news = (await world.told()).slice(before).filter(({ symbol }) => symbol === SYMBOLS[0]);
    const closes = news
      .filter(({ timeframe }) => timeframe === '5m')
      .map(({ candleCloseTime }) => candleCloseTime);
    const first = WORLD_START - (WORLD_START % 300_000);
    assert.deepEqual(
      closes,
      Array.from({ length: 12 }, (_, index) => toIsoTime(first + (index + 1) * 300_000)),
    );
    assert.equal(news.length, 13, 'and one of an hour');
  });

  it('of a symbol that fails are missing, those of the others are not, and no loop waits', async () => {
    await open();
    world.source().script = (rows, { request }) => {
      if (request.symbol === 'BTC/USDT') throw new ScannerError('symbol_unknown', 'not listed');
      return rows;
    };
    await world.startAndSettle();
    await world.step(20);
    const told = await world.told();
    assert.ok(told.every(({ symbol }) => symbol === 'ETH/USDT'));
    assert.equal(told.filter(({ timeframe }) => timeframe === '5m').length, 3);
    const { signals } = (await world.scanner.status()).streams;
    assert.deepEqual([signals.last_error?.code, signals.skipped], ['symbol_unknown', 0]);
    assert.match(signals.last_error?.detail ?? '', /^BTC\/USDT (5m|1h|4h|1d): not listed$/);
    const changes = (await world.events()).flatMap((event) =>
      event.type === 'streamStatus' ? [event.change] : [],
    );
    assert.deepEqual(changes, ['started'], 'one symbol is no failure of the loop');
    const asked = world
      .source()
      .requests.filter(({ symbol, timeframe }) => symbol === 'BTC/USDT' && timeframe === '5m');
    assert.ok(
      asked.length >= 3 && asked.length <= 6,
      `it is tried at growing distances: ${asked.length} times in ten minutes`,
    );
  });

  it('of a series with too few candles come once it has enough', async () => {
    const short = seriesOf('NEW/USDT', 1).map((series) => {
      if (series.timeframe !== '5m') return series;
      const newest = series.openTime.findLastIndex((time) => time + 300_000 <= WORLD_START);
      return sliceSeries(series, newest - 98); // 99 closed candles, two too few
    });
    await open({ series: [...short, ...seriesOf('BTC/USDT', 0)], symbols: ['NEW/USDT', 'BTC/USDT'] });
    await world.startAndSettle();
    const newOnes = async () =>
      (await world.told()).filter(({ symbol, timeframe }) => symbol === 'NEW/USDT' && timeframe === '5m');
    const { errors, last_error } = (await world.scanner.status()).streams.signals;
    assert.deepEqual([errors, last_error?.code], [1, 'insufficient_data']);
    await world.step(9);
    assert.equal((await world.scanner.status()).streams.signals.errors, 1, 'it is said once for each candle');
    await world.step(1);
    assert.deepEqual(
      [(await newOnes()).length, (await world.scanner.status()).streams.signals.errors],
      [0, 2],
    );
    await world.step(10);
    assert.equal((await newOnes()).length, 1);
  });

  it('of an exchange that is down are missing, those of the other are not; it is asked little and comes back', async () => {
    await open({ exchanges: EXCHANGES, symbols: Array.from({ length: 10 }, (_, at) => `C${at}/USDT`) });
    let isDown = true;
    const other = world.source(OTHER_EXCHANGE);
    other.script = (rows) => {
      if (isDown) throw new ScannerError('exchange_unavailable', 'away');
      return rows;
    };
    await world.startAndSettle({ exchanges: EXCHANGES });
    const ofOther = async () =>
      (await world.told()).filter(({ exchange }) => exchange === OTHER_EXCHANGE).length;
    assert.equal((await world.told()).length, 40);
    assert.ok(other.requests.length <= 8, `${other.requests.length} requests to an exchange that is down`);
    await world.step(3);
    assert.ok(other.requests.length <= 12, `${other.requests.length} requests to an exchange that is down`);
    const { skipped, last_error } = (await world.scanner.status()).streams.signals;
    assert.deepEqual([skipped, last_error?.code, await ofOther()], [0, 'exchange_unavailable', 0]);
    isDown = false;
    await world.step(8);
    assert.ok((await ofOther()) >= 40);
  });

  it('of an exchange that hangs are missing, those of the other are told meanwhile', async () => {
    await open({ exchanges: EXCHANGES, symbols: Array.from({ length: 10 }, (_, at) => `C${at}/USDT`) });
    const gate = new Gate();
    world.source(OTHER_EXCHANGE).script = async (rows, { signal }) => {
      await gate.pass(signal);
      return rows;
    };
    await world.start({ exchanges: EXCHANGES });
    await world.settled(['price', 'market_state']);
    const count = async (exchange: string) =>
      (await world.told()).filter((one) => one.exchange === exchange).length;
    await eventually(async () => assert.equal(await count(EXCHANGE), 40), { intervalMs: 2 });
    assert.ok(gate.arrived <= 4, 'some room is left for the work of others');
    await world.clock.advance(31_000); // the deadline of those under way
    await world.clock.advance(31_000);
    await world.clock.advance(31_000);
    assert.ok(gate.arrived <= 8, `${gate.arrived} requests hang at an exchange that does not answer`);
    const failing = (await world.events()).some(
      (event) => event.type === 'streamStatus' && event.change === 'failing',
    );
    assert.equal(failing, false, 'the loop goes on for the other exchange');
    gate.open();
    await world.clock.advance(240_000);
    await eventually(async () => assert.ok((await count(OTHER_EXCHANGE)) >= 40), { intervalMs: 2 });
  });

  it('of a symbol that hangs are missing, those of the others are told meanwhile', async () => {
    await open({ symbols: Array.from({ length: 10 }, (_, at) => `C${at}/USDT`) });
    const gate = new Gate();
    world.source().script = async (rows, { request, signal }) => {
      if (request.symbol === 'C3/USDT') await gate.pass(signal);
      return rows;
    };
    await world.start();
    await eventually(() => assert.equal(world.source().requests.length, 37), { intervalMs: 1 });
    await world.clock.advance(2_000);
    await eventually(async () => assert.equal((await world.told()).length, 36), { intervalMs: 1 });
    assert.equal(gate.arrived, 1, 'it takes one place, whatever its timeframes');
    await world.clock.advance(30_000);
    await world.clock.advance(30_000);
    const { last_error, skipped } = (await world.scanner.status()).streams.signals;
    assert.equal(last_error?.code, 'deadline_exceeded');
    assert.ok(skipped <= 1);
    gate.open();
    for (let time = 0; time < 4; time += 1) await world.clock.advance(30_000);
    await eventually(async () => assert.ok((await world.told()).some(({ symbol }) => symbol === 'C3/USDT')));
  });

  it('fail as a whole when nothing can be read: the loop backs off and says so, then recovers', async () => {
    await open();
    let isDown = true;
    world.source().script = (rows) => {
      if (isDown) throw new ScannerError('exchange_unavailable', 'away');
      return rows;
    };
    await world.startAndSettle();
    await world.clock.advance(30_000);
    assert.equal(
      (await world.scanner.status()).streams.signals.last_run_at,
      toIsoTime(WORLD_START),
      'the next run is later',
    );
    isDown = false;
    for (let time = 0; time < 20; time += 1) await world.clock.advance(30_000);
    const changes = (await world.events()).flatMap((event) =>
      event.type === 'streamStatus' ? [`${event.stream} ${event.change}`] : [],
    );
    assert.deepEqual(changes, ['null started', 'signals failing', 'signals recovered']);
    assert.ok((await world.told()).length >= SERIES);
  });

  it('hold no more candles and ticks than their buffers', async () => {
    await open();
    await world.startAndSettle();
    for (let step = 0; step < 130; step += 1) {
      world.tellPrices({ 'BTC/USDT': 100 + step, 'ETH/USDT': 10 });
      await world.step();
    }
    const { buffer_stats } = await world.scanner.status();
    assert.equal(buffer_stats.candles, SERIES * CONTINUOUS_BUFFERS.candles);
    assert.equal(buffer_stats.ticks, 2 * CONTINUOUS_BUFFERS.ticks);
    assert.equal(buffer_stats.signals, (await world.told()).length);
  });
});
