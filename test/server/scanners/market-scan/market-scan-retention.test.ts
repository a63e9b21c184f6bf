import assert from 'node:assert/strict';
import { marketScanStreamId } from '@fast-scanner/server/scanners/market-scan/market-scan-service.ts';
import { marketJobSchema, ScannerError } from '@fast-scanner/shared';
import { FakeClock } from '../../../support/fake-clock.ts';
import type { ScannerWorld } from '../../../support/scanner-world.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';
import { openMarketWorld, resultOf, startScan } from './market-world.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

describe('the retention of market scans', () => {
  const folder = temporaryFolder();
  let world: ScannerWorld;
  let clock: FakeClock;
  let jobId: string;

  beforeEach(async () => {
    clock = new FakeClock();
    world = await openMarketWorld({ dataDir: `${folder.path}/${Math.random()}`, clock });
    jobId = await startScan(world.engine, { tickers: ['AAPL', 'NOWHERE'] });
    await resultOf(world.engine, jobId);
  });
  afterEach(async () => {
    await world.engine.close();
    assert.deepEqual(world.bugs, []);
  });

  /** Lets the wall clock move, and the next sweep come. */
  async function age(byMs: number): Promise<void> {
    clock.jumpWall(byMs - MINUTE);
    await clock.advance(MINUTE);
  }

  async function assertGone(): Promise<void> {
    await assert.rejects(world.engine.marketScans.result(jobId), (error) => {
      assert.ok(error instanceof ScannerError);
      assert.equal(error.code, 'gone');
      assert.match(error.message, new RegExp(`results of market scan ${jobId} have been swept`));
      const { job_id, details_kept, successful, failed, status } = marketJobSchema.parse(error.summary);
      assert.deepEqual([job_id, details_kept, successful, failed, status], [jobId, false, 1, 1, 'completed']);
      return true;
    });
  }

  it('sweeps results and events a week after the end and keeps the summary', async () => {
    await age(167 * HOUR);
    await world.engine.marketScans.result(jobId);
    await age(2 * HOUR);
    await assertGone();
    const { events, terminal } = await world.engine.eventLog.read(marketScanStreamId(jobId), 0);
    assert.deepEqual([events.length, terminal], [0, true], 'the stream stays ended');
    const { jobs } = await world.engine.marketScans.jobs({ limit: 10 });
    assert.deepEqual(
      jobs.map(({ job_id, details_kept, total }) => [job_id, details_kept, total]),
      [[jobId, false, 2]],
    );
    assert.equal((await world.engine.marketScans.job(jobId))?.details_kept, false);
    assert.equal((await world.engine.marketScans.cancel(jobId)).message, 'Job already completed');
  });

  it('forgets the job thirty days after its end', async () => {
    await age(29 * DAY);
    assert.notEqual(await world.engine.marketScans.job(jobId), null);
    await age(2 * DAY);
    assert.equal(await world.engine.marketScans.job(jobId), null);
    await assert.rejects(world.engine.marketScans.result(jobId), { code: 'not_found' });
  });

  it('does not answer a scan that is swept while it is read as one that came to nothing', async () => {
    const { store } = world.engine;
    const { readEvents } = store;
    clock.jumpWall(169 * HOUR);
    store.readEvents = async (...request) => {
      store.readEvents = readEvents;
      await store.sweepEndedJobs('market-scan', clock.now() - 168 * HOUR);
      return readEvents.apply(store, request);
    };
    await assertGone();
  });
});
