import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import { createEngine } from '@fast-scanner/server/engine.ts';
import { createCandleFeed } from '@fast-scanner/server/market-data/candle-feed.ts';
import { systemClock } from '@fast-scanner/server/ops/system-clock.ts';
import { quickScanRequestSchema, ScannerError } from '@fast-scanner/shared';
import { eventually } from '../../../support/eventually.ts';
import { FakeClock } from '../../../support/fake-clock.ts';
import { Gate } from '../../../support/gate.ts';
import { completeLog, eventsOf } from '../../../support/scan-log.ts';
import { createWorld, type ScannerWorld } from '../../../support/scanner-world.ts';
import { sharedAnalyst } from '../../../support/shared-analyst.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';
import { testConfig } from '../../../support/test-config.ts';

const ALL = quickScanRequestSchema.parse({});
const QUICK = { ...ALL, analyze: false };

describe('starting a scan', () => {
  const folder = temporaryFolder();
  let world: ScannerWorld;
  let gate: Gate;

  beforeEach(async () => {
    world = await createWorld({ dataDir: `${folder.path}/${Math.random()}` });
    await world.engine.open();
    gate = new Gate();
  });
  afterEach(async () => {
    gate.open();
    await world.engine.close();
    assert.deepEqual(world.bugs, []);
  });

  it('leaves no listener on a signal that outlives the scan', async () => {
    const { signal } = new AbortController();
    const { scanId } = await world.engine.scanner.start(QUICK, { signal });
    await completeLog(world.engine, scanId);
    await eventually(() => assert.deepEqual(getEventListeners(signal, 'abort'), []));
  });

  it('again with the key of a failed scan needs nobody to wait for the answer', async () => {
    world.source.script = async (rows, { signal }) => {
      await gate.pass(signal);
      return rows;
    };
    const options = { idempotencyKey: 'once' };
    const { scanId } = await world.engine.scanner.start(ALL, options);
    await world.engine.scanner.cancel(scanId);
    const unhandled: unknown[] = [];
    const note = (reason: unknown) => unhandled.push(reason);
    process.on('unhandledRejection', note);
    const again = await world.engine.scanner.start(ALL, options);
    assert.equal(again.scanId, scanId);
    await completeLog(world.engine, scanId); // by now the answer is known to fail
    await new Promise((resolve) => setImmediate(resolve)); // and Node has said whether nobody listened
    process.off('unhandledRejection', note);
    assert.deepEqual(unhandled, []);
    await assert.rejects(again.quickScan, { code: 'cancelled' });
  });

  it('again with the key of one whose phase 2 failed gives the answer of phase 1', async () => {
    world.source.script = (rows, { request }) => {
      if (request.limit >= 400) throw new ScannerError('exchange_denied', 'not from here');
      return rows;
    };
    const options = { idempotencyKey: 'once' };
    const first = await world.engine.scanner.start(ALL, options);
    const log = await completeLog(world.engine, first.scanId);
    assert.equal(eventsOf(log, 'deepAnalysisComplete')[0]?.status, 'failed');
    const again = await world.engine.scanner.start(ALL, options);
    assert.deepEqual((await again.quickScan).signals, (await first.quickScan).signals);
  });

  it('is refused at the limit, but not when the key names a scan that exists', async () => {
    world.source.script = async (rows, { signal }) => {
      await gate.pass(signal);
      return rows;
    };
    for (let index = 0; index < 20; index += 1)
      await world.engine.scanner.start(QUICK, { idempotencyKey: `key-${index}` });
    await assert.rejects(world.engine.scanner.start(QUICK), { code: 'too_many_jobs' });
    const { quickScan } = await world.engine.scanner.start(QUICK, { idempotencyKey: 'key-3' });
    gate.open();
    assert.equal((await quickScan).count, 10);
  });

  it('can be taken back by whoever hears that it has started', async () => {
    let cancelled: Promise<unknown> = Promise.resolve();
    world.engine.scanner.once('scanStarted', ({ scanId }) => {
      cancelled = world.engine.scanner.cancel(scanId);
    });
    const { scanId } = await world.engine.scanner.start(ALL);
    await cancelled;
    const log = await completeLog(world.engine, scanId);
    assert.equal(eventsOf(log, 'deepAnalysisComplete')[0]?.status, 'cancelled');
  });

  it('shows a symbol as analyzing while phase 2 works on it', async () => {
    world.source.script = async (rows, { request, signal }) => {
      if (request.limit >= 400) await gate.pass(signal);
      return rows;
    };
    await world.engine.scanner.start({ ...ALL, symbols: ['C1/USDT'] });
    await eventually(() => assert.ok(gate.arrived > 0));
    const { signal } = await world.engine.scanner.symbol('C1/USDT', { candles: 0 });
    assert.equal(signal.status, 'analyzing');
  });
});

describe('a scanner that is closed', () => {
  const folder = temporaryFolder();

  it('does not wait for an exchange that does not answer a start', async () => {
    const { source } = await createWorld({ dataDir: `${folder.path}/source` }).then(async (world) => {
      await world.engine.close();
      return world;
    });
    const gate = new Gate();
    source.listMarkets = async ({ signal }: { signal?: AbortSignal | undefined } = {}) => {
      await gate.pass(signal);
      return [];
    };
    const feed = createCandleFeed(source, { clock: systemClock });
    const feeds = {
      exchangeIds: ['recorded'],
      defaultExchange: 'recorded',
      get: async () => feed,
      close: () => feed.close(),
    };
    const config = testConfig({ dataDir: `${folder.path}/hanging`, universe: null });
    const engine = await createEngine(config, { feeds, analyst: sharedAnalyst(), onBug: assert.ifError });
    await engine.open();
    const refused = assert.rejects(engine.scanner.start(ALL), { code: 'unavailable' });
    await eventually(() => assert.equal(gate.arrived, 1));
    await engine.close();
    await refused;
  });

  it('while it opens leaves no timer and no scan behind', async () => {
    const dataDir = `${folder.path}/opening`;
    const first = await createWorld({ dataDir });
    first.source.script = async (rows, { signal }) => {
      await new Gate().pass(signal);
      return rows;
    };
    await first.engine.open();
    await first.engine.scanner.start(ALL);
    await first.engine.scanner.start(ALL);
    await first.engine.close();

    const clock = new FakeClock();
    const second = await createWorld({ dataDir, clock, scheduleEnabled: true });
    const opening = second.engine.open();
    await second.engine.close();
    await opening;
    assert.equal(clock.pendingTimers, 0);
    assert.deepEqual(second.bugs, []);
    assert.equal(second.source.requests.length, 0);
  });
});

describe('the newest results', () => {
  const folder = temporaryFolder();

  it('are found without reading a long history', async () => {
    const { engine } = await createWorld({ dataDir: folder.path });
    await engine.open();
    for (let index = 0; index < 12; index += 1)
      await (await engine.scanner.start({ ...QUICK, symbols: ['C1/USDT'] })).quickScan;
    const limits: number[] = [];
    const { listJobs } = engine.store;
    engine.store.listJobs = (query) => {
      limits.push(query.limit);
      return listJobs.call(engine.store, query);
    };
    const { status } = await engine.scanner.results({});
    assert.equal(status.signalsCount, 1);
    assert.ok(limits.reduce((sum, limit) => sum + limit, 0) <= 20, `jobs read: ${limits.join(', ')}`);
    await engine.close();
  });
});
