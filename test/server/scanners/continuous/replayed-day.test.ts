import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { closeAt } from '@fast-scanner/server/analysis/continuous/close-at.ts';
import { biasOfSignalType } from '@fast-scanner/server/analysis/continuous/signal-type.ts';
import { computeSymbolSignal } from '@fast-scanner/server/analysis/continuous/symbol-signal.ts';
import { createEngine, type Engine } from '@fast-scanner/server/engine.ts';
import { CandleCsvParser } from '@fast-scanner/server/market-data/files/candle-csv-parser.ts';
import { CONTINUOUS_TOPIC_STREAM } from '@fast-scanner/server/scanners/continuous/continuous-service.ts';
import {
  type CandleSeries,
  CONTINUOUS_BUFFERS,
  type ContinuousSignal,
  type ContinuousStream,
  continuousSignalSchema,
  createSeries,
  sliceSeries,
  startContinuousRequestSchema,
  timeframeMs,
  toIsoTime,
} from '@fast-scanner/shared';
import { eventually } from '../../../support/eventually.ts';
import { FakeClock } from '../../../support/fake-clock.ts';
import { sharedAnalyst } from '../../../support/shared-analyst.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';
import { testConfig } from '../../../support/test-config.ts';
import { identityOf } from './continuous-world.ts';

const DIRECTORY = '../shared/data/crypto/binance-spot-2025-15m';
const SPEED = 60;
/** Of the recorded time; one step of the clock. */
const STEP_MS = 15 * 60_000;
const HOURS = 4;
const STEPS = (HOURS * 3_600_000) / STEP_MS;
const TIMEFRAMES = { scalp: '15m', day_trade: '4h', swing: '1h', position: '30m' } as const;
/** Length of the recorded candles, of which those of the other timeframes are made. */
const QUARTER = timeframeMs('15m');

function readRecorded(fileName: string): CandleSeries {
  const parser = new CandleCsvParser(fileName);
  parser.push(gunzipSync(readFileSync(join(DIRECTORY, '15m', fileName))).toString());
  return createSeries(fileName.replace('USDT.csv.gz', '/USDT'), '15m', parser.finish());
}

describe('hours of recorded candles, replayed', () => {
  const folder = temporaryFolder();
  const clock = new FakeClock();
  const recorded = new Map<string, CandleSeries>();
  let engine: Engine;
  let startMs: number;
  let told: ContinuousSignal[] = [];

  before(async function () {
    if (!existsSync(DIRECTORY)) {
      console.log('skipped: no recorded data');
      this.skip();
    }
    for (const fileName of readdirSync(join(DIRECTORY, '15m'))) {
      const series = readRecorded(fileName);
      recorded.set(series.symbol, series);
    }
    const ends = [...recorded.values()].map(({ openTime }) => openTime.at(-1) ?? 0);
    startMs = Math.min(...ends) - 24 * 3_600_000 + 60_000; // a minute after a boundary
    const config = testConfig({
      dataDir: folder.path,
      filesDir: DIRECTORY,
      filesAsOf: startMs,
      filesSpeed: SPEED,
      defaultExchange: 'files',
      trainingRetentionDays: 3_650,
    });
    engine = await createEngine(config, { clock, analyst: sharedAnalyst(), onBug: assert.ifError });
    await engine.open();
    await replay();
    const { events } = await engine.eventLog.read(CONTINUOUS_TOPIC_STREAM, 0, 100_000);
    told = events.flatMap(({ type, payload }) =>
      type === 'continuousSignal' ? [continuousSignalSchema.parse(payload)] : [],
    );
  });
  after(() => engine?.close());

  /** One step of the clock after the other, each awaited by all loops. */
  async function replay(): Promise<void> {
    const seconds = STEP_MS / SPEED / 1_000;
    const config = {
      price_update_interval: seconds,
      signal_generation_interval: seconds,
      market_state_interval: seconds / 2, // once more when all signals of a step are told
      scan_interval: 4 * seconds,
      timeframes: TIMEFRAMES,
    };
    await engine.continuous.start(
      startContinuousRequestSchema.parse({ symbols: [...recorded.keys()], config }),
    );
    const begunAt = clock.monotonic();
    for (let step = 0; step <= STEPS; step += 1) {
      await advanceTo(begunAt + step * seconds * 1_000, ['price', 'signals', 'market_state']);
      await advanceTo(begunAt + (step + 0.5) * seconds * 1_000, ['market_state']);
    }
  }

  /** Goes on to a monotonic time and waits for the runs that begin then. */
  async function advanceTo(timeMs: number, streams: readonly ContinuousStream[]): Promise<void> {
    await clock.advance(timeMs - clock.monotonic());
    const begunAt = toIsoTime(clock.now());
    await eventually(
      async () => {
        await clock.advance(1); // calls for prices wait for each other
        const status = await engine.continuous.status();
        for (const stream of streams) assert.equal(status.streams[stream].last_run_at, begunAt, stream);
      },
      { intervalMs: 1 },
    );
  }

  /** The candles of a timeframe as the scanner must have held them when one closed. */
  async function heldAt({ symbol, timeframe, candleCloseTime }: ContinuousSignal): Promise<CandleSeries> {
    const feed = await engine.feeds.get('files');
    const { series } = await feed.candles({ symbol, timeframe, count: CONTINUOUS_BUFFERS.candles + 100 });
    const end = series.openTime.indexOf(Date.parse(candleCloseTime) - timeframeMs(timeframe)) + 1;
    assert.ok(end > 0);
    return sliceSeries(series, Math.max(0, end - CONTINUOUS_BUFFERS.candles), end);
  }

  it('tells one signal for each symbol, timeframe and closed candle', () => {
    assert.equal(recorded.size, 30);
    const expected: string[] = [];
    for (const symbol of recorded.keys()) {
      for (const timeframe of Object.values(TIMEFRAMES)) {
        const length = timeframeMs(timeframe);
        const first = startMs - (startMs % length);
        for (let close = first; close <= startMs + STEPS * STEP_MS; close += length)
          expected.push(
            identityOf({ exchange: 'files', symbol, timeframe, candleCloseTime: toIsoTime(close) }),
          );
      }
    }
    assert.deepEqual(told.map(identityOf).sort(), expected.sort());
  });

  it('says of each candle what the recorded candles say', async () => {
    const { config } = await engine.continuous.status();
    for (const signal of told) {
      const { exchange: _, symbol, timestamp: __, ...found } = signal;
      assert.deepEqual(
        found,
        computeSymbolSignal(await heldAt(signal), { style: signal.style, config }),
        symbol,
      );
      const quarters = recorded.get(symbol);
      const close = quarters?.close[quarters.openTime.indexOf(Date.parse(signal.candleCloseTime) - QUARTER)];
      assert.equal(signal.price, close, 'the price is the recorded close');
    }
  });

  it('agrees on timeframes as their newest signals do', async () => {
    for (const symbol of recorded.keys()) {
      const newest = Object.keys(TIMEFRAMES).map((style) =>
        told.findLast((signal) => signal.symbol === symbol && signal.style === style),
      );
      const sides = newest.map((signal) => signal && biasOfSignalType(signal.signal_type));
      const [bulls, bears] = ['bullish', 'bearish'].map((side) =>
        newest.filter((_, index) => sides[index] === side),
      );
      const [aligned = [], others = []] =
        (bulls?.length ?? 0) >= (bears?.length ?? 0) ? [bulls, bears] : [bears, bulls];
      const scores = aligned.map((signal) => signal?.combined_score ?? Number.NaN);
      const isConfluent =
        aligned.length > others.length && aligned.length >= 2 && scores.every((score) => score >= 40);
      const { confluence, average_score } = await engine.continuous.confluence(symbol, { min_score: 40 });
      assert.equal(confluence, isConfluent, symbol);
      const mean = scores.reduce((sum, score) => sum + score, 0) / scores.length;
      if (aligned.length > others.length)
        assert.ok(Math.abs((average_score ?? Number.NaN) - mean) < 1e-9, symbol);
      else assert.equal(average_score, null);
    }
  });

  it('counts who stands above the close of 24 hours ago', async () => {
    const { breadth, active_signals } = await engine.continuous.marketState();
    const now = startMs + STEPS * STEP_MS;
    let [advancing, declining] = [0, 0];
    for (const series of recorded.values()) {
      const [price, before] = [closeAt(series, now), closeAt(series, now - 24 * 3_600_000)];
      if ((price ?? 0) > (before ?? 0)) advancing += 1;
      if ((price ?? 0) < (before ?? 0)) declining += 1;
    }
    assert.equal(breadth.coverage, 1);
    assert.deepEqual([breadth.advancing, breadth.declining], [advancing, declining]);
    const newest = new Map(told.map((signal) => [`${signal.symbol} ${signal.style}`, signal.signal_type]));
    assert.equal(active_signals, [...newest.values()].filter((type) => type !== 'NEUTRAL').length);
  });

  it('runs through without a failure, with full scans of its own', async () => {
    const { streams } = await engine.continuous.status();
    for (const { errors, last_error } of Object.values(streams))
      assert.deepEqual([errors, last_error], [0, null]);
    const { scans } = await engine.scanner.scans({ limit: 100 });
    assert.ok(
      scans.length >= HOURS - 1 && scans.length <= HOURS + 1,
      `${scans.length} full scans in ${HOURS} hours`,
    );
  });
});
