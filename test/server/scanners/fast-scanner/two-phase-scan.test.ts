import assert from 'node:assert/strict';
import {
  quickScanRequestSchema,
  quickScanResponseSchema,
  ScannerError,
  scanResponseSchema,
} from '@fast-scanner/shared';
import { Gate } from '../../../support/gate.ts';
import { completeLog, eventsOf } from '../../../support/scan-log.ts';
import { createWorld, type ScannerWorld, WORLD_SYMBOLS } from '../../../support/scanner-world.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

const ALL = quickScanRequestSchema.parse({});

describe('a two-phase scan', () => {
  const folder = temporaryFolder();
  let world: ScannerWorld;

  beforeEach(async () => {
    world = await createWorld({ dataDir: `${folder.path}/${Math.random()}` });
    await world.engine.open();
  });
  afterEach(async () => {
    await world.engine.close();
    assert.deepEqual(world.bugs, []);
  });

  it('answers after phase 1 with one signal a symbol, in the order asked', async () => {
    const symbols = [...WORLD_SYMBOLS].reverse();
    const { quickScan } = await world.engine.scanner.start({ ...ALL, symbols });
    const answer = quickScanResponseSchema.parse(await quickScan);
    assert.deepEqual(
      answer.signals.map(({ symbol }) => symbol),
      symbols,
    );
    assert.equal(answer.count, 10);
    assert.deepEqual(answer.failures, []);
    assert.ok(answer.signals.every(({ status }) => status === 'quick_scan'));
  });

  it('collapses doubled symbols', async () => {
    const { quickScan } = await world.engine.scanner.start({ ...ALL, symbols: ['C1/USDT', 'C1/USDT'] });
    assert.equal((await quickScan).requested, 1);
  });

  it('tells every symbol of phase 2 with a progress event after it, then ends', async () => {
    const { scanId, quickScan } = await world.engine.scanner.start(ALL);
    await quickScan;
    const log = await completeLog(world.engine, scanId);
    assert.equal(log[0]?.type, 'quickScanComplete');
    assert.deepEqual(
      eventsOf(log, 'symbolAnalyzed')
        .map(({ symbol }) => symbol)
        .sort(),
      [...WORLD_SYMBOLS],
    );
    const progress = eventsOf(log, 'analysisProgress');
    assert.deepEqual(
      progress.map(({ remaining }) => remaining),
      [9, 8, 7, 6, 5, 4, 3, 2, 1, 0],
    );
    assert.deepEqual(progress.flatMap(({ processed }) => processed).sort(), [...WORLD_SYMBOLS]);
    const [end] = eventsOf(log, 'deepAnalysisComplete');
    assert.deepEqual(end?.totals, { requested: 10, completed: 10, failed: 0, skipped: 0 });
    assert.equal(end?.status, 'completed');
  });

  it('shows the same in the stored scan', async () => {
    const { scanId } = await world.engine.scanner.start(ALL);
    const log = await completeLog(world.engine, scanId);
    const stored = scanResponseSchema.parse(await world.engine.scanner.scan(scanId));
    assert.equal(stored.scan.status, 'completed');
    for (const event of eventsOf(log, 'symbolAnalyzed')) {
      const result = stored.signals.find(({ symbol }) => symbol === event.symbol);
      assert.equal(result?.status, 'complete');
      assert.deepEqual(result?.deepAnalysis, event.deepData);
    }
  });

  it('speaks of the same closed candle in both phases', async () => {
    const { scanId } = await world.engine.scanner.start(ALL);
    for (const { signal, deepData } of eventsOf(await completeLog(world.engine, scanId), 'symbolAnalyzed')) {
      assert.equal(deepData.candleCloseTime, signal.candleCloseTime);
    }
  });

  it('ends after phase 1 when no deep analysis is asked for', async () => {
    const { scanId } = await world.engine.scanner.start({ ...ALL, analyze: false });
    const log = await completeLog(world.engine, scanId);
    assert.deepEqual(
      log.map(({ type }) => type),
      ['quickScanComplete', 'deepAnalysisComplete'],
    );
    assert.equal(eventsOf(log, 'deepAnalysisComplete')[0]?.totals.completed, 10);
  });

  it('emits each event to local listeners with its seq, after it is stored', async () => {
    const seen: number[] = [];
    world.engine.scanner.on('symbolAnalyzed', ({ seq }) => seen.push(seq));
    const { scanId } = await world.engine.scanner.start(ALL);
    const log = await completeLog(world.engine, scanId);
    assert.deepEqual(
      seen,
      eventsOf(log, 'symbolAnalyzed').map(({ seq }) => seq),
    );
  });

  it('gives a failed symbol a typed reason and finishes the others', async () => {
    world.source.script = (rows, { request }) => {
      if (request.symbol === 'C3/USDT') throw new ScannerError('symbol_unknown', 'no such market');
      return rows;
    };
    const { scanId, quickScan } = await world.engine.scanner.start(ALL);
    const { failures, count } = await quickScan;
    assert.deepEqual(failures, [{ symbol: 'C3/USDT', reason: 'symbol_unknown', detail: 'no such market' }]);
    assert.equal(count, 9);
    const [end] = eventsOf(await completeLog(world.engine, scanId), 'deepAnalysisComplete');
    assert.deepEqual(end?.totals, { requested: 10, completed: 9, failed: 1, skipped: 0 });
  });

  it('keeps the quick signal of a symbol whose phase 2 fails', async () => {
    world.source.script = (rows, { request }) => {
      if (request.symbol === 'C3/USDT' && request.timeframe === '4h')
        throw new ScannerError('exchange_unavailable', 'down');
      return rows;
    };
    const { scanId } = await world.engine.scanner.start(ALL);
    const log = await completeLog(world.engine, scanId);
    assert.deepEqual(
      eventsOf(log, 'scanError').map(({ symbol, code }) => [symbol, code]),
      [['C3/USDT', 'exchange_unavailable']],
    );
    const { signal, deepAnalysis } = await world.engine.scanner.symbol('C3/USDT', { candles: 0 });
    assert.equal(signal.status, 'failed');
    assert.equal(deepAnalysis, null);
    assert.deepEqual(eventsOf(log, 'deepAnalysisComplete')[0]?.totals, {
      requested: 10,
      completed: 9,
      failed: 1,
      skipped: 0,
    });
  });

  it('fails as a whole, with the reason, when the exchange gives nothing at all', async () => {
    world.source.script = () => {
      throw new ScannerError('exchange_unavailable', 'connection refused');
    };
    const { scanId, quickScan } = await world.engine.scanner.start(ALL);
    await assert.rejects(quickScan, { code: 'exchange_unavailable', message: /connection refused/ });
    const log = await completeLog(world.engine, scanId);
    assert.equal(eventsOf(log, 'deepAnalysisComplete')[0]?.status, 'failed');
    const { scan } = await world.engine.scanner.scan(scanId);
    assert.equal(scan.error?.code, 'exchange_unavailable');
  });

  it('stays a success when every symbol is merely unknown', async () => {
    const { quickScan } = await world.engine.scanner.start({ ...ALL, symbols: ['XX/USDT', 'YY/USDT'] });
    assert.equal((await quickScan).count, 0);
    assert.deepEqual(
      (await quickScan).failures.map(({ reason }) => reason),
      ['symbol_unknown', 'symbol_unknown'],
    );
  });

  it('never has more than five symbols in flight in phase 1 nor two in phase 2, over all scans', async () => {
    const inFlight = { quick: new Map<string, number>(), deep: new Map<string, number>() };
    const most = { quick: 0, deep: 0 };
    world.source.script = async (rows, { request }) => {
      const phase = request.limit < 400 ? 'quick' : 'deep';
      const running = inFlight[phase];
      running.set(request.symbol, (running.get(request.symbol) ?? 0) + 1);
      most[phase] = Math.max(most[phase], running.size);
      await new Promise((resolve) => setImmediate(resolve));
      const left = (running.get(request.symbol) ?? 0) - 1;
      if (left === 0) running.delete(request.symbol);
      else running.set(request.symbol, left);
      return rows;
    };
    const scans = await Promise.all([
      world.engine.scanner.start({ ...ALL, symbols: WORLD_SYMBOLS.slice(0, 5) }),
      world.engine.scanner.start({ ...ALL, symbols: WORLD_SYMBOLS.slice(5) }),
    ]);
    for (const { scanId } of scans) await completeLog(world.engine, scanId);
    assert.deepEqual(most, { quick: 5, deep: 2 });
  });

  it('keeps scans that run side by side apart', async () => {
    const requests = [WORLD_SYMBOLS.slice(0, 6), WORLD_SYMBOLS.slice(4), WORLD_SYMBOLS.slice(2, 5)];
    const scans = await Promise.all(
      requests.map((symbols) => world.engine.scanner.start({ ...ALL, symbols })),
    );
    assert.equal(new Set(scans.map(({ scanId }) => scanId)).size, 3);
    for (const [index, { scanId }] of scans.entries()) {
      const log = await completeLog(world.engine, scanId);
      assert.ok(log.every((event) => event.scanId === scanId));
      assert.deepEqual(
        eventsOf(log, 'symbolAnalyzed')
          .map(({ symbol }) => symbol)
          .sort(),
        requests[index],
      );
    }
  });

  it('gives up a symbol that does not answer within its deadline and frees its place', async () => {
    await world.engine.close();
    world = await createWorld({ dataDir: `${folder.path}/deadline`, symbolDeadlineMs: 200 });
    await world.engine.open();
    const never = new Gate();
    world.source.script = async (rows, { request, signal }) => {
      if (request.symbol === 'C0/USDT') await never.pass(signal);
      return rows;
    };
    const { quickScan } = await world.engine.scanner.start({ ...ALL, analyze: false });
    const { failures, count } = await quickScan;
    assert.deepEqual(
      failures.map(({ symbol, reason }) => [symbol, reason]),
      [['C0/USDT', 'deadline_exceeded']],
    );
    assert.equal(count, 9);
  });

  it('refuses an exchange that is not on the allow-list', async () => {
    await assert.rejects(world.engine.scanner.start({ ...ALL, exchange: 'nowhere' }), {
      code: 'exchange_unknown',
    });
  });

  it('reports progress of both phases to listeners in the process', async () => {
    const ticks: string[] = [];
    world.engine.scanner.on('scanProgress', ({ phase, done, total }) =>
      ticks.push(`${phase} ${done}/${total}`),
    );
    const { scanId } = await world.engine.scanner.start({ ...ALL, symbols: ['C1/USDT', 'C2/USDT'] });
    await completeLog(world.engine, scanId);
    assert.deepEqual(ticks, ['quick_scan 1/2', 'quick_scan 2/2', 'deep_analysis 1/2', 'deep_analysis 2/2']);
  });
});
