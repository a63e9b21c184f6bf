import assert from 'node:assert/strict';
import type { ModelTrainer } from '@fast-scanner/server/scanners/models/model-trainer.ts';
import {
  type CandleSeries,
  candleOpenTime,
  type DeepAnalysis,
  type ModelEntry,
  quickScanRequestSchema,
  timeframeMs,
} from '@fast-scanner/shared';
import { eventually } from '../../../support/eventually.ts';
import { FakeClock } from '../../../support/fake-clock.ts';
import { randomSeries } from '../../../support/random-series.ts';
import { completeLog, eventsOf } from '../../../support/scan-log.ts';
import { createWorld, type ScannerWorld, WORLD_NOW } from '../../../support/scanner-world.ts';

export interface ModelWorldOptions {
  readonly dataDir: string;
  readonly symbols?: readonly string[];
  /** Closed candles of each symbol at the beginning. Default 560: just enough of two symbols. */
  readonly count?: number;
  readonly trainer?: ModelTrainer;
  readonly clock?: FakeClock;
  readonly predictionEnabled?: boolean;
}

/** Timeframes that a scan of hourly candles looks at. */
const TIMEFRAMES = ['15m', '1h', '4h', '1d'] as const;
/** Hourly candles that close while the clock is turned. */
const FUTURE_MS = 60 * 3_600_000;

/** An engine that predicts, over recorded candles and a clock that the test turns. */
export class ModelWorld {
  readonly clock: FakeClock;
  readonly world: ScannerWorld;
  readonly symbols: readonly string[];

  constructor(world: ScannerWorld, clock: FakeClock, symbols: readonly string[]) {
    this.world = world;
    this.clock = clock;
    this.symbols = symbols;
  }

  static async open(options: ModelWorldOptions): Promise<ModelWorld> {
    const { dataDir, symbols = ['A/USDT', 'B/USDT'], count = 560, predictionEnabled = true } = options;
    const { clock = new FakeClock(WORLD_NOW), trainer } = options;
    const series = symbols.flatMap((symbol, index) => seriesOf(symbol, count, index + 1));
    const now = () => clock.now();
    const world = await createWorld({
      ...{ dataDir, symbols, series, now, clock, predictionEnabled },
      ...(trainer && { trainer }),
    });
    await world.engine.open();
    return new ModelWorld(world, clock, symbols);
  }

  /** Scans to the end; answers the deep analyses by symbol. */
  async scan(): Promise<ReadonlyMap<string, DeepAnalysis>> {
    const request = quickScanRequestSchema.parse({ symbols: this.symbols });
    const { scanId } = await this.world.engine.scanner.start(request);
    const analyzed = eventsOf(await completeLog(this.world.engine, scanId), 'symbolAnalyzed');
    assert.equal(analyzed.length, this.symbols.length, 'every symbol is analysed');
    return new Map(analyzed.map(({ symbol, deepData }) => [symbol, deepData]));
  }

  /** The model of the hourly candles. */
  async entry(): Promise<ModelEntry> {
    const { models } = await this.world.engine.models.models({ timeframe: '1h' });
    return models[0] ?? assert.fail('there is no model of 1h');
  }

  /** Lets the quiet time pass and waits until nothing is trained. */
  async untilTrained(): Promise<ModelEntry> {
    await this.clock.advance(5_000);
    return eventually(async () => {
      await this.clock.advance(500); // between two symbols it pauses
      const entry = await this.entry();
      assert.notEqual(entry.status, 'training');
      return entry;
    });
  }

  /** Lets time pass until the candles are read and a thread learns from them. */
  async untilLearning(): Promise<void> {
    await eventually(async () => {
      await this.clock.advance(500); // between two symbols it pauses
      assert.equal((await this.entry()).progress?.stage, 'learning');
    });
  }

  async close(): Promise<void> {
    await this.world.engine.close();
    assert.deepEqual(this.world.bugs, []);
  }
}

function seriesOf(symbol: string, count: number, seed: number): CandleSeries[] {
  return TIMEFRAMES.map((timeframe) => {
    const duration = timeframeMs(timeframe);
    const future = Math.ceil(FUTURE_MS / duration);
    const newestOpenTime = candleOpenTime(WORLD_NOW, timeframe) + (future - 1) * duration;
    return randomSeries({ symbol, timeframe, count: count + future, newestOpenTime, seed });
  });
}
