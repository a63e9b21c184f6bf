import assert from 'node:assert/strict';
import { marketScanStreamId } from '@fast-scanner/server/scanners/market-scan/market-scan-service.ts';
import { type CancelMarketJobResponse, marketScanRequestSchema, ScannerError } from '@fast-scanner/shared';
import { eventually } from '../../../support/eventually.ts';
import { Gate } from '../../../support/gate.ts';
import { completeMarketLog, marketEndOf, marketEventsOf } from '../../../support/market-scan-log.ts';
import type { ScannerWorld } from '../../../support/scanner-world.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';
import { holdBack, openMarketWorld, scanToEnd, startScan, startSweep, timeless } from './market-world.ts';

describe('F33: cancelling a market scan', () => {
  const folder = temporaryFolder();
  let world: ScannerWorld;

  beforeEach(async () => {
    world = await openMarketWorld({ dataDir: `${folder.path}/${Math.random()}` });
  });
  afterEach(async () => {
    await world.engine.close();
    assert.deepEqual(world.bugs, []);
  });

  const cancel = (jobId: string) => world.engine.marketScans.cancel(jobId);

  async function waitForProgress(jobId: string, current: number): Promise<void> {
    await eventually(async () => assert.equal((await world.engine.marketScans.job(jobId))?.current, current));
  }

  /** The job ended cancelled after so many stocks, once, and asks nobody any more. */
  async function assertCancelled(jobId: string, current: number, total = 12): Promise<void> {
    const asked = world.source.requests.length;
    const log = await completeMarketLog(world.engine, jobId);
    const end = marketEndOf(log, 'cancelled');
    assert.deepEqual([end.current, end.total], [current, total]);
    for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    assert.equal(world.source.requests.length, asked, 'no history is read after the terminal event');
    const job = await world.engine.marketScans.job(jobId);
    assert.deepEqual([job?.status, job?.current, job?.eta_seconds], ['cancelled', current, null]);
    await assert.rejects(world.engine.marketScans.result(jobId), (error) => {
      assert.ok(error instanceof ScannerError);
      assert.deepEqual(
        [error.code, error.message],
        ['conflict', `market scan ${jobId} has no results: it was cancelled`],
      );
      return true;
    });
  }

  it('at work aborts the reads in flight and keeps what was told', async () => {
    const gate = holdBack(world, (symbol) => symbol === 'KO');
    const jobId = await startScan(world.engine);
    await waitForProgress(jobId, 7);
    assert.equal(gate.arrived, 1);
    const { message, status } = await cancel(jobId);
    assert.deepEqual([message, status], ['Job cancelled', 'cancelled']);
    gate.open();
    await assertCancelled(jobId, 7);
  });

  it('of which nothing has been read yet reads no more', async () => {
    const gate = holdBack(world, () => true);
    for (const [index, start] of [startScan, startSweep].entries()) {
      const jobId = await start(world.engine);
      await eventually(() => assert.equal(gate.arrived, 5 * (index + 1)));
      await cancel(jobId);
      await assertCancelled(jobId, 0);
    }
    assert.equal(gate.arrived, 10, 'five at once are read of each');
  });

  it('while its stocks are looked up ends it before any is read', async () => {
    const gate = new Gate();
    const { listMarkets } = world.source;
    world.source.listMarkets = async () => {
      await gate.pass();
      return listMarkets.call(world.source);
    };
    const jobId = await startScan(world.engine);
    await eventually(() => assert.equal(gate.arrived, 1));
    const cancelled = cancel(jobId);
    gate.open();
    await cancelled;
    await assertCancelled(jobId, 0, 0);
    assert.equal(world.source.requests.length, 0);
  });

  it('that waits ends it at once and reads nothing of it', async () => {
    const gate = holdBack(world, () => true);
    const atWork = [];
    for (let index = 0; index < 3; index += 1)
      atWork.push(await startScan(world.engine, { tickers: ['AAPL'] }));
    const waiting = await startScan(world.engine, { tickers: ['GE'] });
    assert.deepEqual(world.engine.marketScans.counts, { running: 3, queued: 1, accepted: 4 });
    assert.equal((await world.engine.marketScans.job(waiting))?.status, 'queued');
    await cancel(waiting);
    await assertCancelled(waiting, 0, 0);
    assert.equal((await world.engine.marketScans.job(waiting))?.started_at, null);
    gate.open();
    for (const jobId of atWork) marketEndOf(await completeMarketLog(world.engine, jobId), 'complete');
    assert.ok(world.source.requests.every(({ symbol }) => symbol !== 'GE'));
  });

  it('at its last step or its end leaves one terminal event', async () => {
    for (const moment of ['progress', 'complete'] as const) {
      const gate = holdBack(world, () => true);
      const jobId = await startScan(world.engine, { tickers: ['AAPL'] });
      const answer = new Promise<CancelMarketJobResponse>((resolve, reject) => {
        world.engine.eventLog.subscribe(marketScanStreamId(jobId), (events) => {
          if (events.some(({ type }) => type === moment)) cancel(jobId).then(resolve, reject);
        });
      });
      gate.open();
      const { status, message } = await answer;
      const log = await completeMarketLog(world.engine, jobId);
      const expected = moment === 'complete' ? 'completed' : 'cancelled';
      assert.equal(status, expected);
      assert.equal(message, moment === 'complete' ? 'Job already completed' : 'Job cancelled');
      marketEndOf(log, moment === 'complete' ? 'complete' : 'cancelled');
      assert.equal(marketEventsOf(log, 'progress').length, 1);
    }
  });

  it('a second time, or after the end, changes nothing and says so', async () => {
    holdBack(world, () => true);
    const jobId = await startScan(world.engine);
    const both = await Promise.all([cancel(jobId), cancel(jobId)]);
    assert.deepEqual(
      both.map(({ status }) => status),
      ['cancelled', 'cancelled'],
    );
    assert.equal((await cancel(jobId)).message, 'Job already cancelled');
    await completeMarketLog(world.engine, jobId);
    await assert.rejects(cancel('1b4e28ba-2fa1-41d2-883f-0016d3cca427'), { code: 'not_found' });
  });

  it('happens when the one who waits for the result goes away', async () => {
    const gate = holdBack(world, () => true);
    const leaving = new AbortController();
    const { marketScans } = world.engine;
    const request = marketScanRequestSchema.parse({ strategy: 'buy_and_hold' });
    const refused = assert.rejects(marketScans.scanNow(request, leaving.signal), { code: 'cancelled' });
    await eventually(() => assert.ok(gate.arrived > 0));
    leaving.abort();
    await refused;
    assert.equal((await marketScans.jobs({ limit: 1 })).jobs[0]?.status, 'cancelled');
    world.source.script = (rows) => rows;
    const answer = await marketScans.scanNow(request, new AbortController().signal);
    const told = await scanToEnd(world.engine, { strategy: 'buy_and_hold' });
    assert.deepEqual(timeless({ ...answer, success: null }), timeless({ ...told, success: null }));
  });
});
