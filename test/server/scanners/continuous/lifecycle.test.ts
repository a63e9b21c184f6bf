import assert from 'node:assert/strict';
import { CONTINUOUS_STREAMS, ScannerError, toIsoTime } from '@fast-scanner/shared';
import { eventually } from '../../../support/eventually.ts';
import { Gate } from '../../../support/gate.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';
import {
  ContinuousWorld,
  type ContinuousWorldOptions,
  EXCHANGE,
  identityOf,
  OTHER_EXCHANGE,
  SYMBOLS,
  WORLD_START,
} from './continuous-world.ts';

describe('the life of the continuous scanner', () => {
  const folder = temporaryFolder();
  let folders = 0;
  let dataDir: string;
  let world: ContinuousWorld;
  const open = async (options: Omit<ContinuousWorldOptions, 'dataDir'> = {}) => {
    world = await ContinuousWorld.open({ dataDir, ...options });
    return world;
  };
  /** Ends the process and begins another one. */
  const reopen = async (options: Omit<ContinuousWorldOptions, 'dataDir'> = {}) => {
    await world.close();
    return open({ clock: world.clock, training: world.training, ...options });
  };
  const changes = async () =>
    (await world.events()).flatMap((event) => (event.type === 'streamStatus' ? [event.change] : []));

  beforeEach(() => {
    folders += 1;
    dataDir = `${folder.path}/${folders}`;
  });
  afterEach(() => world.close());

  it('begins with its start, which is told before anything else, and refuses a second one', async () => {
    await open();
    const idle = await world.scanner.status();
    assert.deepEqual([idle.running, idle.uptime_s, idle.symbols], [false, null, []]);
    const answer = await world.startAndSettle();
    assert.deepEqual([answer.symbols, answer.started_at], [SYMBOLS, toIsoTime(WORLD_START)]);
    assert.match(answer.message, /^following 2 symbols on 5m, 4h, 1h, 1d$/);
    await assert.rejects(world.start(), { code: 'conflict' });
    const [first] = await world.events();
    assert.ok(first?.type === 'streamStatus');
    assert.deepEqual([first.change, first.stream, first.running], ['started', null, true]);
    await world.clock.advance(30_000);
    assert.equal((await world.scanner.status()).uptime_s, 30);
  });

  it('ends with its stop: nothing is asked and nothing told any more, and a second one is harmless', async () => {
    await open();
    await world.startAndSettle();
    await world.clock.advance(30_000);
    await world.settled();
    assert.deepEqual(await world.scanner.stop(), {
      success: true,
      running: false,
      uptime_s: 30,
      message: 'the continuous scanner was stopped',
    });
    const [requests, events] = [world.source().requests.length, (await world.events()).length];
    assert.equal(world.watches.size, 0);
    await world.clock.advance(3_600_000);
    assert.deepEqual([world.source().requests.length, (await world.events()).length], [requests, events]);
    assert.equal((await world.scanner.stop()).uptime_s, null);
    assert.deepEqual(await changes(), ['started', 'stopped']);
    assert.equal((await world.events()).at(-1)?.type, 'streamStatus');
    const { running, streams, buffer_stats } = await world.scanner.status();
    assert.deepEqual([running, streams.price.interval_s, buffer_stats.candles], [false, 5, 0]);
    assert.ok(
      (await world.scanner.signals({ limit: 10, min_score: 0 })).count > 0,
      'what it told is still listed',
    );
  });

  it('goes on with another configuration after a stop and a start', async () => {
    await open();
    await world.startAndSettle();
    await world.scanner.stop();
    const timeframes = { scalp: '5m', day_trade: '4h', swing: '1d', position: '1h' } as const;
    await world.startAndSettle({ symbols: ['BTC/USDT'], config: { timeframes, momentum_bias: 0.9 } });
    const { config, symbols } = await world.scanner.status();
    assert.deepEqual([config.timeframes.swing, config.momentum_bias, symbols], ['1d', 0.9, ['BTC/USDT']]);
    const told = await world.told();
    assert.equal(
      told.length,
      new Set(told.map(identityOf)).size,
      'candles that were told are not told again',
    );
    assert.equal(told.length, 8);
    const { timeframe_details } = await world.scanner.confluence('BTC/USDT', { min_score: 60 });
    assert.equal(
      timeframe_details.swing?.timeframe,
      '1d',
      'what was told under another style is known under this',
    );
    await assert.rejects(world.scanner.confluence('ETH/USDT', { min_score: 60 }), { code: 'not_found' });
  });

  it('goes on after the process has ended, with its configuration and its lists', async () => {
    await open();
    await world.startAndSettle({ symbols: ['BTC/USDT'], config: { momentum_bias: 0.3 } });
    world.tellPrices({ 'BTC/USDT': 100 });
    await world.step();
    const before = await world.scanner.status();
    await reopen();
    const status = await world.scanner.status();
    assert.deepEqual(
      [status.running, status.started_at, status.symbols, status.config],
      [true, before.started_at, before.symbols, before.config],
    );
    assert.deepEqual([status.market_state, status.buffer_stats.signals], [before.market_state, 4]);
    assert.equal((await world.scanner.signals({ limit: 10, min_score: 0 })).count, 4);
    await world.settled();
    await world.step(10);
    assert.equal((await world.told()).filter(({ timeframe }) => timeframe === '5m').length, 2);
  });

  it('stays stopped after the process has ended, whatever the configuration says', async () => {
    await open({ autostart: true });
    await eventually(async () => assert.ok((await world.scanner.status()).running));
    await world.scanner.stop();
    await reopen({ autostart: true });
    await world.clock.advance(60_000);
    assert.equal((await world.scanner.status()).running, false);
  });

  it('begins by itself when the configuration says so, also when the exchange is away at first', async () => {
    let isAway = true;
    await open({ autostart: true, isClosedExchange: () => isAway });
    await eventually(() => assert.equal(world.bugs.length, 1));
    assert.equal((await world.scanner.status()).running, false);
    isAway = false;
    await world.clock.advance(15_000);
    await eventually(async () => assert.ok((await world.scanner.status()).running));
    assert.deepEqual(await changes(), ['started']);
    await world.settled();
  });

  it('does not begin by itself when somebody was faster, or when it was closed', async () => {
    let isAway = true;
    await open({ autostart: true, isClosedExchange: () => isAway });
    await eventually(() => assert.equal(world.bugs.length, 1));
    isAway = false;
    await world.startAndSettle({ symbols: ['ETH/USDT'] });
    await world.clock.advance(30_000);
    await world.settled();
    assert.deepEqual((await world.scanner.status()).symbols, ['ETH/USDT']);
    assert.deepEqual(await changes(), ['started']);
    await reopen({ isClosedExchange: () => true });
    assert.equal(world.bugs.length, 1, 'it cannot go on now');
    await world.close();
    await world.clock.advance(3_600_000);
    assert.equal(world.bugs.length, 1, 'and does not try any more');
  });

  it('goes on without an exchange that cannot be opened any more, and says so', async () => {
    const exchanges = [EXCHANGE, OTHER_EXCHANGE];
    await open({ exchanges });
    await world.startAndSettle({ exchanges });
    await reopen({ exchanges, isClosedExchange: (exchange) => exchange === OTHER_EXCHANGE });
    const { running, data_sources } = await world.scanner.status();
    assert.deepEqual([running, data_sources.map(({ exchange }) => exchange)], [true, [EXCHANGE]]);
    assert.equal(world.bugs.length, 1);
    await world.settled();
  });

  it('does not begin on what it cannot read: nothing is stored, nothing is told', async () => {
    await open({ isClosedExchange: () => true });
    await assert.rejects(world.start(), { code: 'exchange_unavailable' });
    await assert.rejects(world.start({ exchanges: ['nowhere'] }), { code: 'exchange_unknown' });
    assert.deepEqual(await world.events(), []);
    await reopen({ isClosedExchange: () => false });
    assert.equal((await world.scanner.status()).running, false);
  });

  it('does not begin when that cannot be stored, and can be stopped when that cannot', async () => {
    await open();
    world.faults.before = () => new ScannerError('disk_full', 'no room');
    await assert.rejects(world.start(), { code: 'disk_full' });
    assert.equal((await world.scanner.status()).running, false);
    assert.equal(world.source().requests.length, 0);
    world.faults.before = () => null;
    await world.startAndSettle();
    world.faults.before = () => new ScannerError('disk_full', 'no room');
    await assert.rejects(world.scanner.stop(), { code: 'disk_full' });
    assert.equal((await world.scanner.status()).running, false, 'it rests all the same');
    world.faults.before = () => null;
    await world.scanner.stop();
    await reopen();
    assert.equal((await world.scanner.status()).running, false);
  });

  it('stops and ends at once although everything hangs', async () => {
    await open();
    const gate = new Gate();
    world.source().script = async (rows, { signal }) => {
      await gate.pass(signal);
      return rows;
    };
    await world.start();
    await eventually(() => assert.equal(gate.arrived, 2), { intervalMs: 1 });
    await world.scanner.stop();
    assert.equal((await world.scanner.status()).running, false);
    await world.start();
    await world.scanner.close();
    await assert.rejects(world.start(), { code: 'unavailable' });
    assert.deepEqual(world.bugs, []);
  });

  it('shows the streams with their intervals, all without a failure', async () => {
    await open();
    await world.startAndSettle({ config: { price_update_interval: 10, scan_interval: 90 } });
    const { streams } = await world.scanner.status();
    assert.deepEqual(
      CONTINUOUS_STREAMS.map((stream) => streams[stream].interval_s),
      [10, 30, 30, 90],
    );
    for (const stream of CONTINUOUS_STREAMS) {
      const { errors, skipped, lag_ms, last_error } = streams[stream];
      assert.deepEqual([errors, skipped, lag_ms, last_error], [0, 0, 0, null]);
    }
  });
});
