import assert from 'node:assert/strict';
import { marketScanRequestSchema, ScannerError, sweepRequestSchema } from '@fast-scanner/shared';
import type { Gate } from '../../../support/gate.ts';
import { completeMarketLog, marketEndOf } from '../../../support/market-scan-log.ts';
import type { ScannerWorld } from '../../../support/scanner-world.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';
import { holdBack, openMarketWorld, startScan, startSweep } from './market-world.ts';

const SCAN = marketScanRequestSchema.parse({ strategy: 'sma_cross', tickers: ['AAPL'] });
const SWEEP = sweepRequestSchema.parse({
  strategy: 'sma_cross',
  parameters: { fast: [3] },
  tickers: ['AAPL'],
});

describe('the desk of market scans', () => {
  const folder = temporaryFolder();
  let world: ScannerWorld;
  let gate: Gate;

  beforeEach(async () => {
    world = await openMarketWorld({ dataDir: `${folder.path}/${Math.random()}` });
    gate = holdBack(world, () => true);
  });
  afterEach(async () => {
    await world.engine.close();
    assert.deepEqual(world.bugs, []);
  });

  it('has three at work and twenty waiting, scans and sweeps alike, and sends the next one away for a while', async () => {
    const ids: string[] = [];
    for (let index = 0; index < 23; index += 1) {
      const start = index % 2 === 0 ? startScan : startSweep;
      ids.push(await start(world.engine, { tickers: ['AAPL'] }));
    }
    assert.deepEqual(world.engine.marketScans.counts, { running: 3, queued: 20, accepted: 23 });
    for (const start of [startScan, startSweep]) {
      await assert.rejects(start(world.engine), (error) => {
        assert.ok(error instanceof ScannerError);
        assert.deepEqual([error.code, error.retryAfterMs], ['too_many_jobs', 5000]);
        assert.match(error.message, /3 market scans are at work and 20 are waiting/);
        return true;
      });
    }
    const { jobs } = await world.engine.marketScans.jobs({ limit: 100 });
    assert.deepEqual(
      jobs.map(({ job_id }) => job_id).sort(),
      ids.toSorted(),
      'who is sent away leaves nothing',
    );
    await world.engine.marketScans.cancel(ids[22] ?? '');
    const late = await startScan(world.engine, { tickers: ['AAPL'] });
    gate.open();
    for (const id of [...ids.slice(0, 22), late]) {
      const kind = ids.indexOf(id) % 2 === 1 ? 'sweepComplete' : 'complete';
      marketEndOf(await completeMarketLog(world.engine, id), kind);
    }
  });

  it('gives the same job for the same key and the same request, and refuses the key for any other', async () => {
    const { marketScans } = world.engine;
    const own = { idempotencyKey: 'once' };
    const [first, ...others] = await Promise.all([1, 2, 3].map(() => marketScans.start(SCAN, own)));
    for (const other of others) assert.equal(other.job_id, first?.job_id);
    assert.equal(marketScans.counts.accepted, 1);
    for (const change of [
      { cash: 1 },
      { interval: '1w' as const },
      { tickers: ['GE'] },
      { start_date: '2025-01-01' },
    ]) {
      await assert.rejects(marketScans.start({ ...SCAN, ...change }, own), {
        code: 'idempotency_mismatch',
        message: /the key once belongs to market scan .*, which asked for something else/,
      });
    }
    await assert.rejects(marketScans.startSweep(SWEEP, own), { code: 'idempotency_mismatch' });
    gate.open();
    await completeMarketLog(world.engine, first?.job_id ?? '');
    const later = await marketScans.start(SCAN, own);
    assert.deepEqual([later.job_id, later.status], [first?.job_id, 'completed']);
    assert.notEqual((await marketScans.start(SCAN, { idempotencyKey: 'twice' })).job_id, first?.job_id);
  });

  it('lists jobs newest first, by pages and by status', async () => {
    const ids: string[] = [];
    for (let index = 0; index < 5; index += 1) {
      ids.unshift(await startScan(world.engine, { tickers: ['AAPL'] }));
      await new Promise((resolve) => setTimeout(resolve, 2)); // no two of the same millisecond
    }
    const { marketScans } = world.engine;
    const first = await marketScans.jobs({ limit: 3 });
    const second = await marketScans.jobs({ limit: 3, cursor: first.next_cursor ?? '' });
    const listed = [...first.jobs, ...second.jobs].map(({ job_id }) => job_id);
    assert.deepEqual([listed, second.next_cursor], [ids, null]);
    const queued = await marketScans.jobs({ limit: 10, status: 'queued' });
    assert.deepEqual(
      queued.jobs.map(({ job_id }) => job_id),
      ids.slice(0, 2),
    );
    await assert.rejects(marketScans.jobs({ limit: 3, cursor: 'nonsense' }), { code: 'invalid_input' });
    assert.equal(await marketScans.job('1b4e28ba-2fa1-41d2-883f-0016d3cca427'), null);
  });

  it('says of a job that is not done, or is of the other kind, where its results are', async () => {
    const { marketScans } = world.engine;
    const scan = await startScan(world.engine, { tickers: ['AAPL'] });
    const sweep = await startSweep(world.engine, { tickers: ['AAPL'] });
    await assert.rejects(marketScans.result(scan), {
      code: 'conflict',
      message: /is running; wait for its end/,
    });
    gate.open();
    for (const id of [scan, sweep]) await completeMarketLog(world.engine, id);
    await assert.rejects(marketScans.result(sweep), {
      code: 'conflict',
      message: /is a sweep; ask for its own results/,
    });
    await assert.rejects(marketScans.sweepResult(scan), {
      code: 'conflict',
      message: /is a scan; ask for its own/,
    });
  });
});
