import assert from 'node:assert/strict';
import { trainPredictionModel } from '@fast-scanner/server/analysis/prediction/train-prediction-model.ts';
import { createLimitedQueue } from '@fast-scanner/server/jobs/limited-queue.ts';
import type { ModelAnswer, ModelSource } from '@fast-scanner/server/scanners/common/model-source.ts';
import { toSharedText } from '@fast-scanner/server/scanners/common/shared-text.ts';
import { SCANS_TOPIC_STREAM } from '@fast-scanner/server/scanners/fast-scanner/fast-scanner-service.ts';
import { PredictionFiller } from '@fast-scanner/server/scanners/fast-scanner/prediction-filler.ts';
import type { StoredEvent } from '@fast-scanner/server/store/store.ts';
import { type QuickScanInput, quickScanRequestSchema, ScannerError } from '@fast-scanner/shared';
import { completeLog } from '../../../support/scan-log.ts';
import { createWorld, type ScannerWorld, WORLD_NOW } from '../../../support/scanner-world.ts';
import { sharedAnalyst } from '../../../support/shared-analyst.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';
import { createMarket } from '../../analysis/prediction/support/markets.ts';

const SYMBOLS = ['A/USDT', 'B/USDT', 'C/USDT'];
const MODEL_ID = 'recorded-1h-0123456789ab';

/** A model of hourly candles, as threads share it. */
function trainModel(): ModelAnswer & { readonly model: object } {
  const series = createMarket({ seed: 1, symbols: 1, count: 750 });
  const { model } = trainPredictionModel({ series, timeframe: '1h', seed: 1 });
  const json = toSharedText(JSON.stringify(model));
  const trainedAt = '2026-01-07T10:00:00.000Z';
  return { model: { modelId: MODEL_ID, trainedAt, learnedTo: WORLD_NOW, json } };
}

describe('the filler of predictions', () => {
  const folder = temporaryFolder();
  let world: ScannerWorld;
  let model: ReturnType<typeof trainModel>;
  let filler: PredictionFiller;
  let told: StoredEvent[];

  before(() => {
    model = trainModel();
  });

  beforeEach(async () => {
    told = [];
    world = await createWorld({ dataDir: `${folder.path}/${Math.random()}`, symbols: SYMBOLS });
    await world.engine.open();
    filler = createFiller({ find: async () => model });
  });
  afterEach(async () => {
    await filler.close();
    await world.engine.close();
    assert.deepEqual(world.bugs, []);
  });

  function createFiller(models: ModelSource): PredictionFiller {
    return new PredictionFiller({
      ...world.engine,
      models,
      analyst: sharedAnalyst(),
      deepQueue: createLimitedQueue({ concurrency: 2 }),
      onEvents: (events) => told.push(...events),
      onBug: (error) => world.bugs.push(error),
    });
  }

  async function scan(input: QuickScanInput = {}): Promise<string> {
    const { scanId } = await world.engine.scanner.start(quickScanRequestSchema.parse(input));
    await completeLog(world.engine, scanId);
    return scanId;
  }

  /** Which symbols of a scan have a prediction. */
  async function predictedIn(scanId: string): Promise<readonly string[]> {
    const { signals } = await world.engine.scanner.results({ scanId });
    return signals.filter(({ deepAnalysis }) => deepAnalysis?.ml_prediction).map(({ symbol }) => symbol);
  }

  /** Waits for what has begun: one scan comes after the other. */
  const settle = () => filler.fill('nowhere', '1h');

  it('fills the newest completed scan of the timeframe, and no other', async () => {
    const older = await scan();
    const newest = await scan();
    const others = [await scan({ timeframe: '4h' }), await scan({ analyze: false })];
    await filler.fill('recorded', '1h');
    assert.deepEqual(await predictedIn(newest), SYMBOLS);
    for (const other of [older, ...others]) assert.deepEqual(await predictedIn(other), []);
    assert.deepEqual(
      told.map(({ streamId, type }) => [streamId, type]),
      [[SCANS_TOPIC_STREAM, 'predictionsReady']],
    );
  });

  it('lets no model that has learned from later candles predict, and keeps no such prediction', async () => {
    const scanId = await scan();
    const knowing = { model: { ...model.model, learnedTo: WORLD_NOW + 3_600_000 } };
    const late = createFiller({ find: async () => knowing });
    await late.fill('recorded', '1h');
    await late.close();
    assert.deepEqual(await predictedIn(scanId), []);
    const kept = await world.engine.store.listSignals({ limit: 10 });
    assert.deepEqual(
      kept.map(({ prediction }) => prediction),
      SYMBOLS.map(() => null),
    );
  });

  it('leaves the results as old as they were', async () => {
    await scan();
    const newer = await scan({ timeframe: '4h' });
    await filler.fill('recorded', '1h');
    const { signal } = await world.engine.scanner.symbol('A/USDT', { candles: 0 });
    assert.equal(signal.scanId, newer);
  });

  it('leaves out a symbol whose candles are not to be had, which keeps its reason', async () => {
    const scanId = await scan({ symbols: SYMBOLS });
    const feed = await world.engine.feeds.get('recorded');
    const candles = feed.candles.bind(feed);
    feed.candles = async (request, options) => {
      if (request.symbol === 'B/USDT') throw new ScannerError('exchange_unavailable', 'no answer');
      return candles(request, options);
    };
    await filler.fill('recorded', '1h');
    assert.deepEqual(await predictedIn(scanId), ['A/USDT', 'C/USDT']);
    const { signals } = await world.engine.scanner.results({ scanId });
    const missing = signals.find(({ symbol }) => symbol === 'B/USDT')?.deepAnalysis;
    assert.match(missing?.ml_prediction_reason ?? '', /switched off/);
    assert.deepEqual(told[0]?.payload, { ...told[0]?.payload, scanId, symbols: ['A/USDT', 'C/USDT'] });
  });

  it('fills a scan at its end when its first symbols came before the model', async () => {
    const scanId = await scan();
    const { events } = await world.engine.eventLog.read(`scan:${scanId}`, 0, 100);
    filler.hear(events.slice(0, -1));
    await settle();
    assert.deepEqual(await predictedIn(scanId), []);
    filler.hear(events.slice(-1));
    await settle();
    assert.deepEqual(await predictedIn(scanId), SYMBOLS);
  });

  it('changes and tells nothing when there is nothing to add', async () => {
    await filler.fill('recorded', '1h');
    assert.deepEqual(told, []);
    await scan();
    await scan({ timeframe: '4h' });
    for (const timeframe of ['1h', '1h', '4h'] as const) await filler.fill('recorded', timeframe);
    assert.equal(told.length, 1, 'the second time there is nothing left, and the model is none of 4h');
  });

  it('begins nothing once it is closed', async () => {
    const scanId = await scan();
    await filler.close();
    await filler.fill('recorded', '1h');
    assert.deepEqual(await predictedIn(scanId), []);
  });
});
