import assert from 'node:assert/strict';
import { quickScanRequestSchema } from '@fast-scanner/shared';
import { eventually } from '../../../support/eventually.ts';
import { Gate } from '../../../support/gate.ts';
import { completeLog, eventsOf } from '../../../support/scan-log.ts';
import { createWorld, WORLD_SYMBOLS } from '../../../support/scanner-world.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

const ALL = quickScanRequestSchema.parse({});

describe('a scan that outlives its process', () => {
  const folder = temporaryFolder();

  it('goes on in phase 1 with the symbols that have no stored result, under the same id', async () => {
    const dataDir = `${folder.path}/phase-1`;
    const first = await createWorld({ dataDir });
    await first.engine.open();
    const gate = new Gate();
    first.source.script = async (rows, { request, signal }) => {
      if (!['C0/USDT', 'C1/USDT', 'C2/USDT'].includes(request.symbol)) await gate.pass(signal);
      return rows;
    };
    let done = 0;
    first.engine.scanner.on('scanProgress', () => {
      done += 1;
    });
    const { scanId } = await first.engine.scanner.start(ALL);
    await eventually(() => assert.equal(done, 3));
    await first.engine.close();

    const second = await createWorld({ dataDir });
    await second.engine.open();
    const log = await completeLog(second.engine, scanId);
    const askedAgain = new Set(
      second.source.requests
        .filter(({ timeframe, limit }) => timeframe === '1h' && limit < 400)
        .map(({ symbol }) => symbol),
    );
    assert.deepEqual([...askedAgain].sort(), WORLD_SYMBOLS.slice(3));
    assert.deepEqual(eventsOf(log, 'deepAnalysisComplete')[0]?.totals, {
      requested: 10,
      completed: 10,
      failed: 0,
      skipped: 0,
    });
    await second.engine.close();
    assert.deepEqual([...first.bugs, ...second.bugs], []);
  });

  it('goes on in phase 2 and tells every symbol once', async () => {
    const dataDir = `${folder.path}/phase-2`;
    const first = await createWorld({ dataDir });
    await first.engine.open();
    const gate = new Gate();
    let analysed = 0;
    first.engine.scanner.on('symbolAnalyzed', () => {
      analysed += 1;
    });
    const letThrough = new Set<string>();
    first.source.script = async (rows, { request: { limit, symbol }, signal }) => {
      if (limit >= 400 && letThrough.size < 4) letThrough.add(symbol);
      if (limit >= 400 && !letThrough.has(symbol)) await gate.pass(signal);
      return rows;
    };
    const { scanId } = await first.engine.scanner.start(ALL);
    await eventually(() => assert.deepEqual([analysed, gate.arrived > 0], [4, true]));
    await first.engine.close();

    const second = await createWorld({ dataDir });
    await second.engine.open();
    const log = await completeLog(second.engine, scanId);
    assert.deepEqual(
      eventsOf(log, 'symbolAnalyzed')
        .map(({ symbol }) => symbol)
        .sort(),
      [...WORLD_SYMBOLS],
    );
    assert.equal(eventsOf(log, 'quickScanComplete').length, 1);
    const deepSymbols = new Set(
      second.source.requests.filter(({ limit }) => limit >= 400).map(({ symbol }) => symbol),
    );
    assert.equal(deepSymbols.size, 10 - analysed, 'analysed symbols are not fetched again');
    await second.engine.close();
  });

  it('is given up after five attempts that made no progress', async () => {
    const dataDir = `${folder.path}/crashes`;
    const gate = new Gate();
    let scanId = '';
    for (let attempt = 1; attempt <= 5; attempt += 1) {
      const world = await createWorld({ dataDir });
      world.source.script = async (rows, { signal }) => {
        await gate.pass(signal);
        return rows;
      };
      await world.engine.open();
      if (attempt === 1) ({ scanId } = await world.engine.scanner.start(ALL));
      await world.engine.close();
    }
    const last = await createWorld({ dataDir });
    await last.engine.open();
    const log = await completeLog(last.engine, scanId);
    assert.equal(eventsOf(log, 'scanError')[0]?.code, 'interrupted');
    assert.equal(eventsOf(log, 'deepAnalysisComplete')[0]?.status, 'failed');
    assert.equal(last.source.requests.length, 0);
    await last.engine.close();
  });
});

describe('an idempotency key', () => {
  const folder = temporaryFolder();

  it('gives the same scan for the same request, at once and later', async () => {
    const { engine } = await createWorld({ dataDir: `${folder.path}/same` });
    await engine.open();
    const options = { idempotencyKey: 'once' };
    const [one, two] = await Promise.all([
      engine.scanner.start(ALL, options),
      engine.scanner.start(ALL, options),
    ]);
    assert.equal(one.scanId, two.scanId);
    assert.deepEqual((await one.quickScan).signals, (await two.quickScan).signals);
    await completeLog(engine, one.scanId);
    const later = await engine.scanner.start(ALL, options);
    assert.equal(later.scanId, one.scanId);
    assert.equal((await later.quickScan).count, 10);
    assert.equal((await engine.scanner.scans({ limit: 10 })).scans.length, 1);
    await engine.close();
  });

  it('is refused for another request', async () => {
    const { engine } = await createWorld({ dataDir: `${folder.path}/other` });
    await engine.open();
    await engine.scanner.start(ALL, { idempotencyKey: 'once' });
    const other = engine.scanner.start({ ...ALL, timeframe: '4h' }, { idempotencyKey: 'once' });
    await assert.rejects(other, { code: 'idempotency_mismatch' });
    await engine.close();
  });
});
