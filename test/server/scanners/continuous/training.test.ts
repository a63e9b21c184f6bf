import assert from 'node:assert/strict';
import { LABEL_HORIZON, labelSignal } from '@fast-scanner/server/analysis/continuous/label-signal.ts';
import { createCandleFeed } from '@fast-scanner/server/market-data/candle-feed.ts';
import { createMarketFeeds } from '@fast-scanner/server/market-data/market-feeds.ts';
import {
  CollectedSignals,
  MOST_WAITING,
} from '@fast-scanner/server/scanners/continuous/collected-signals.ts';
import { readTrainingData } from '@fast-scanner/server/scanners/continuous/training-answers.ts';
import { openTrainingStore } from '@fast-scanner/server/store/training/open-training-store.ts';
import { CONTINUOUS_BUFFERS, ScannerError, trainingDataQuerySchema } from '@fast-scanner/shared';
import { FakeClock } from '../../../support/fake-clock.ts';
import { RecordedSource } from '../../../support/recorded-source.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';
import { ContinuousWorld, EXCHANGE, identityOf, SYMBOLS, seriesOf } from './continuous-world.ts';
import { MemoryTraining } from './memory-training.ts';
import { sampleSignal } from './sample-signal.ts';

const full = new ScannerError('disk_full', 'no room');

describe('what the continuous scanner collects', () => {
  const folder = temporaryFolder();
  let folders = 0;
  let dataDir: string;
  let world: ContinuousWorld;
  beforeEach(async () => {
    folders += 1;
    dataDir = `${folder.path}/${folders}`;
    world = await ContinuousWorld.open({ dataDir });
  });
  afterEach(() => world.close());

  const seriesKeys = SYMBOLS.flatMap((symbol) =>
    ['5m', '4h', '1h', '1d'].map((length) => `${EXCHANGE} ${symbol} ${length}`),
  );
  const assertCandlesOnce = (more: Readonly<Record<string, number>>) => {
    for (const key of seriesKeys) {
      const times = world.training.candles.get(key) ?? [];
      const extra = more[key.split(' ')[2] ?? ''] ?? 0;
      assert.equal(times.length, CONTINUOUS_BUFFERS.candles + extra, key);
      assert.deepEqual(
        times,
        [...new Set(times)].sort((a, b) => a - b),
        `${key}: each once, oldest first`,
      );
    }
  };

  it('is every signal as it was told, its clustering, and every closed candle once', async () => {
    await world.startAndSettle();
    await world.step(20);
    const told = await world.told();
    assert.deepEqual([...world.training.signals.keys()].sort(), told.map(identityOf).sort());
    for (const { type: _, seq: __, ...signal } of told) {
      assert.deepEqual(world.training.signals.get(identityOf(signal)), signal);
      const { exchange, symbol, style, timeframe, candleCloseTime, clustering } = signal;
      const expected = { exchange, symbol, style, timeframe, candleCloseTime, ...clustering };
      assert.deepEqual(world.training.clustering.get(identityOf(signal)), expected);
    }
    assertCandlesOnce({ '5m': 2, '1h': 1 });
  });

  it('is handed over in small parts', async () => {
    await world.startAndSettle();
    for (const { candles = [], signals = [] } of world.training.batches) {
      assert.ok(candles.reduce((sum, { columns }) => sum + columns.openTime.length, 0) <= 2_500);
      assert.ok(signals.length <= 100);
    }
  });

  it('waits while the disk is full, without delaying a signal, and is complete afterwards', async () => {
    world.training.failure = full;
    await world.startAndSettle();
    await world.step(10);
    const { streams } = await world.scanner.status();
    assert.equal(streams.signals.last_error?.code, 'disk_full');
    assert.equal((await world.told()).length, SYMBOLS.length * 5, 'they are told in time');
    assert.equal(world.training.signals.size, 0);
    world.training.failure = null;
    await world.step(10);
    assert.deepEqual([...world.training.signals.keys()].sort(), (await world.told()).map(identityOf).sort());
    assertCandlesOnce({ '5m': 1, '1h': 1 }); // of those held when there was room again
    assert.deepEqual(world.bugs, []);
  });

  it('holds what became of a signal once its ten candles have closed, also of one an earlier process has told', async () => {
    await world.startAndSettle();
    await world.close();
    const { clock, training } = world;
    world = await ContinuousWorld.open({ dataDir, clock, training });
    await world.settled();
    assert.equal(training.exports, seriesKeys.length, 'each series is read once');
    await world.step(10 * (LABEL_HORIZON - 1));
    assert.equal(training.labels.size, 0);
    await world.step(10);
    const fives = [...training.labels.values()];
    assert.deepEqual(
      fives.map(({ symbol, timeframe }) => `${symbol} ${timeframe}`).sort(),
      SYMBOLS.map((symbol) => `${symbol} 5m`),
    );
    const [label] = fives;
    const told = (await world.told()).find((signal) => label && identityOf(signal) === identityOf(label));
    const series = SYMBOLS.flatMap((symbol, at) => seriesOf(symbol, at)).find(
      ({ symbol, timeframe }) => symbol === label?.symbol && timeframe === '5m',
    );
    assert.ok(label && told && series);
    const { outcome, forward_return_pct, horizon_candles } = label;
    const expected = labelSignal(series, {
      closeTime: Date.parse(told.candleCloseTime),
      signalType: told.signal_type,
    });
    assert.deepEqual({ outcome, forward_return_pct, horizon_candles }, expected);
    assert.equal(training.exports, seriesKeys.length);
    await world.close();
    world = await ContinuousWorld.open({ dataDir, clock, training });
    await world.settled();
    await world.step(10);
    assert.equal(training.labels.size, 2 * SYMBOLS.length, 'those that have their label are left alone');
  });

  it('labels later what it could not write in time', async () => {
    await world.startAndSettle();
    await world.step(10 * LABEL_HORIZON - 1);
    world.training.failure = full;
    await world.step(1);
    assert.equal(world.training.labels.size, 0);
    world.training.failure = null;
    await world.step(1);
    assert.equal(world.training.labels.size, SYMBOLS.length);
  });
});

describe('the answer with what was collected', () => {
  it('goes back from the time of the exchange, which may be a recorded one', async () => {
    const now = Date.UTC(2025, 5, 1);
    const clock = new FakeClock();
    const source = new RecordedSource({ series: seriesOf('BTC/USDT', 1), now: () => now });
    const feeds = createMarketFeeds({
      exchangeIds: [EXCHANGE],
      defaultExchange: EXCHANGE,
      open: async () => createCandleFeed(source, { clock }),
    });
    const training = new MemoryTraining();
    const query = trainingDataQuerySchema.parse({ days: 2 });
    await assert.rejects(readTrainingData({ training, feeds, clock }, 'BTC/USDT', query), {
      code: 'not_found',
    });
    const expected = { exchange: EXCHANGE, symbol: 'BTC/USDT', from: now - 2 * 86_400_000, to: now };
    assert.deepEqual(training.reads, [expected]);
    await feeds.close();
  });
});

describe('collected signals', () => {
  const folder = temporaryFolder();

  it('wait for a store that cannot write, the oldest give way, and are written in order', async () => {
    const training = new MemoryTraining();
    const collected = new CollectedSignals(training);
    training.failure = full;
    const many = Array.from({ length: MOST_WAITING + 10 }, (_, hour) => sampleSignal(hour));
    await assert.rejects(collected.add(many), { code: 'disk_full' });
    assert.equal(collected.waiting, MOST_WAITING);
    training.failure = null;
    await collected.add([]);
    assert.equal(collected.waiting, 0);
    assert.deepEqual(
      [...training.signals.values()].map(({ candleCloseTime }) => candleCloseTime),
      many.slice(10).map(({ candleCloseTime }) => candleCloseTime),
    );
  });

  it('that the store refuses are dropped: they keep no others from being written', async () => {
    const training = await openTrainingStore({
      folder: folder.path,
      clock: new FakeClock(Date.UTC(2026, 0, 8)),
      retentionDays: 365,
      onIncident: ({ detail }) => assert.fail(detail),
    });
    const collected = new CollectedSignals(training);
    await assert.rejects(
      collected.add([sampleSignal(1, { symbol: '../../etc' }), sampleSignal(1, { candleCloseTime: 'soon' })]),
    );
    await collected.add([sampleSignal(1), sampleSignal(2)]);
    assert.equal(collected.waiting, 0);
    const day = { from: Date.UTC(2026, 0, 5), to: Date.UTC(2026, 0, 7) };
    const { signals } = await training.read({ exchange: 'recorded', symbol: 'BTC/USDT', ...day });
    assert.deepEqual(signals, [sampleSignal(1), sampleSignal(2)]);
    await training.close();
  });
});
