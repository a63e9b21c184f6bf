import assert from 'node:assert/strict';
import { createScannerClient, type ScannerClient, type ScansEvent } from '@fast-scanner/client';
import { SCANS_TOPIC_STREAM } from '@fast-scanner/server/scanners/fast-scanner/fast-scanner-service.ts';
import {
  modelsResponseSchema,
  type ScanResult,
  scanTopicEventSchemas,
  symbolResponseSchema,
} from '@fast-scanner/shared';
import { eventually } from '../../../support/eventually.ts';
import { FakeClock } from '../../../support/fake-clock.ts';
import { completeRunLog, runEventsOf } from '../../../support/run-log.ts';
import { completeLog, eventsOf } from '../../../support/scan-log.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';
import { runCommand } from '../../cli/run-command.ts';
import { TestWindows } from '../../http/test-windows.ts';

/** Both are signals of the mode recon on the simulated market at that moment. */
const SYMBOLS = ['LTC/USDT', 'XRP/USDT'];
const NOW = Date.UTC(2026, 0, 7, 10, 20);

describe('the first model of the simulated market', () => {
  const folder = temporaryFolder();
  const clock = new FakeClock(NOW);
  let windows: TestWindows;
  let client: ScannerClient;
  /** What the topic has told the client. */
  const heard: ScansEvent[] = [];
  let scanId: string;
  /** The scan that ended before there was a model, once its predictions are filled in. */
  let filled: readonly ScanResult[];

  /** Scans to the end; answers what the log says. */
  async function scan() {
    const { scanId: id } = await client.quickScan({ symbols: SYMBOLS });
    return { id, log: await completeLog(windows.app, id) };
  }

  async function readyEvents() {
    const { events } = await windows.app.eventLog.read(SCANS_TOPIC_STREAM, 0, 1_000);
    return events
      .filter(({ type }) => type === 'predictionsReady')
      .map(({ seq, payload }) => scanTopicEventSchemas.predictionsReady.parse({ ...payload, seq }));
  }

  before(async () => {
    const config = { predictionEnabled: true, universe: SYMBOLS };
    windows = await TestWindows.open({ dataDir: folder.path, clock, config });
    client = createScannerClient({ url: windows.url });
    await new Promise<void>((onReady) => client.watchScans((event) => heard.push(event), { onReady }));
  });
  after(async () => {
    client.close();
    await windows.close();
  });

  it('is not trained before somebody analyses something', async () => {
    await clock.advance(10_000);
    assert.deepEqual((await client.models.list()).models, []);
    const { exitCode, err } = await runCommand(['models', '--url', windows.url]);
    assert.equal(exitCode, 0);
    assert.match(err, /There are no models; a server trains one after its first scan/);
  });

  it('is missing in the first scan, which says so', async () => {
    const { id, log } = await scan();
    scanId = id;
    const analyzed = eventsOf(log, 'symbolAnalyzed');
    assert.equal(analyzed.length, SYMBOLS.length);
    for (const { deepData } of analyzed) {
      assert.equal(deepData.ml_prediction, null);
      assert.match(deepData.ml_prediction_reason ?? '', /^the model of demo 1h is trained as soon as/);
    }
  });

  it('waits until the scanner has been quiet for three seconds', async () => {
    await clock.advance(2_000);
    const [entry] = (await client.models.list()).models;
    assert.equal(entry?.status, 'waiting');
    assert.match(entry.reason ?? '', /as soon as the scanner is quiet/);
    assert.deepEqual([entry.model, entry.attemptedAt, entry.nextTrainingAt], [null, null, null]);
  });

  it('is refused a second training while it is trained', async () => {
    await clock.advance(2_000);
    await assert.rejects(client.models.train(), { code: 'conflict', message: /is being trained already/ });
    const [entry] = (await client.models.list()).models;
    assert.equal(entry?.status, 'training');
    assert.match(entry.reason ?? '', /^the model of demo 1h is being trained/);
  });

  it('fills the scan in when it is ready, and tells the topic which symbols have changed', async () => {
    const [event] = await eventually(async () => {
      const events = await readyEvents();
      assert.equal(events.length, 1);
      return events;
    });
    await eventually(() => assert.deepEqual(heard.at(-1), { type: 'predictionsReady', ...event }));
    filled = (await client.results({ scanId })).signals;
    for (const { deepAnalysis } of filled) {
      const { ml_prediction: prediction, provenance } = deepAnalysis ?? assert.fail('no deep analysis');
      assert.equal(prediction?.modelId, event?.modelId);
      assert.equal(prediction?.verdict, event?.verdict);
      assert.equal(deepAnalysis?.ml_prediction_reason, null);
      assert.equal(provenance.modelId, event?.modelId);
    }
    assert.deepEqual([event?.scanId, event?.exchange, event?.timeframe], [scanId, 'demo', '1h']);
    assert.deepEqual(event?.symbols, SYMBOLS);
    const [symbol = ''] = SYMBOLS;
    const one = symbolResponseSchema.parse(await client.symbol(symbol));
    assert.deepEqual(one.deepAnalysis, filled[0]?.deepAnalysis);
  });

  it('leaves the log of the scan as it ended', async () => {
    const log = await completeLog(windows.app, scanId);
    for (const { deepData } of eventsOf(log, 'symbolAnalyzed')) assert.equal(deepData.ml_prediction, null);
  });

  it('keeps what it predicted for the scorecard', async () => {
    for (const { symbol, deepAnalysis } of filled) {
      const signals = await windows.app.store.listSignals({ symbol, origin: 'scan', limit: 10 });
      const prediction = deepAnalysis?.ml_prediction;
      assert.equal(signals.length, 1);
      assert.equal(signals[0]?.prediction?.probabilityUp, prediction?.probabilityUp);
      assert.equal(signals[0]?.prediction?.up, prediction?.upPrice);
      assert.equal(signals[0]?.provenance.modelId, prediction?.modelId);
    }
  });

  it('predicts the same in the next scan of the same candles, at once', async () => {
    const { log } = await scan();
    const said = eventsOf(log, 'symbolAnalyzed').map(({ symbol, deepData }) => [
      symbol,
      deepData.ml_prediction,
    ]);
    const before = filled.map(({ symbol, deepAnalysis }) => [symbol, deepAnalysis?.ml_prediction]);
    assert.deepEqual(said.toSorted(), before.toSorted());
    assert.equal((await readyEvents()).length, 1, 'nothing is filled in a second time');
  });

  it('predicts in scan runs, too', async () => {
    const { runId } = await client.runs.start({ symbols: SYMBOLS });
    const told = runEventsOf(await completeRunLog(windows.app, runId), 'runSignal');
    assert.equal(told.length, SYMBOLS.length);
    for (const { signal } of told) {
      const match = filled.find(({ symbol }) => symbol === signal.symbol);
      assert.deepEqual(signal.analysis.ml_prediction, match?.deepAnalysis?.ml_prediction);
    }
  });

  it('is listed with what it learned, from what, and how far it can be believed', async () => {
    const { models, enabled } = modelsResponseSchema.parse(await client.models.list());
    const [entry] = models;
    assert.ok(enabled && entry?.model);
    const { model, status, reason, progress, nextTrainingAt } = entry;
    assert.deepEqual([status, reason, progress], ['ready', null, null]);
    assert.deepEqual(model.symbols, SYMBOLS);
    assert.equal(model.candles, 4_000);
    assert.equal(model.candleCloseTime, '2026-01-07T10:00:00.000Z');
    // The first 200 candles are warm-up.
    assert.equal(model.from, new Date(Date.UTC(2026, 0, 7, 10) - 1_800 * 3_600_000).toISOString());
    assert.equal(nextTrainingAt, '2026-01-08T10:00:00.000Z');
    assert.equal(model.reliability.length, 10);
    assert.ok(model.weights.every(({ help }) => help.length > 0));
    assert.equal(model.choice.split(':')[0], model.title);
    assert.equal(filled[0]?.deepAnalysis?.ml_prediction?.edge, model.edge);
    const none = await client.models.list({ timeframe: '4h' });
    assert.equal(none.count, 0);
  });

  it('is shown by the command line, in a table and in words', async () => {
    const [entry] = (await client.models.list()).models;
    const { out } = await runCommand(['models', '--url', windows.url]);
    assert.match(out, /demo +│ 1h +│ ready/);
    assert.ok(out.includes(`demo 1h: ${entry?.model?.verdict}`));
    const { out: json } = await runCommand(['models', '--json', '--url', windows.url]);
    assert.deepEqual(modelsResponseSchema.parse(JSON.parse(json)).models, [entry]);
  });

  it('is not trained again before another candle has closed, also when somebody asks for it', async () => {
    const refusal = /has learned from every candle that has closed; the next one closes at 2026-01-07T11:00/;
    await assert.rejects(client.models.train({ exchange: 'demo' }), { code: 'conflict', message: refusal });
  });

  it('is trained for known exchanges and timeframes only', async () => {
    await assert.rejects(client.models.train({ exchange: 'nowhere' }), { code: 'exchange_unknown' });
    await assert.rejects(client.models.train({ timeframe: '7m' as '5m' }), { code: 'invalid_input' });
  });
});
