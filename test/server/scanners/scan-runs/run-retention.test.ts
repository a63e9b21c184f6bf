import assert from 'node:assert/strict';
import { RUNS_TOPIC_STREAM, runStreamId } from '@fast-scanner/server/scanners/scan-runs/scan-runs-service.ts';
import { runRequestSchema, runSummarySchema, ScannerError } from '@fast-scanner/shared';
import { eventually } from '../../../support/eventually.ts';
import { FakeClock } from '../../../support/fake-clock.ts';
import { Gate } from '../../../support/gate.ts';
import { completeRunLog, endOf } from '../../../support/run-log.ts';
import type { ScannerWorld } from '../../../support/scanner-world.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';
import { openRunWorld, runToEnd, startRun } from './run-world.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

describe('the retention of runs', () => {
  const folder = temporaryFolder();
  let world: ScannerWorld;
  let clock: FakeClock;

  beforeEach(async () => {
    clock = new FakeClock();
    const dataDir = `${folder.path}/${Math.random()}`;
    world = await openRunWorld({ dataDir, clock, symbolDeadlineMs: DAY });
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

  async function assertGone(runId: string): Promise<void> {
    await assert.rejects(world.engine.runs.run(runId), (error) => {
      assert.ok(error instanceof ScannerError);
      assert.equal(error.code, 'gone');
      assert.match(error.message, new RegExp(`findings of run ${runId} have been swept`));
      const { run_id, details_kept, signals, status } = runSummarySchema.parse(error.summary);
      assert.deepEqual([run_id, details_kept, signals, status], [runId, false, 1, 'completed']);
      return true;
    });
  }

  it('sweeps findings and events an hour after the end and keeps the summary', async () => {
    const { run_id, metadata } = await runToEnd(world.engine, { symbols: ['BTC/USDT', 'XRP/USDT'] });
    await age(59 * MINUTE);
    assert.deepEqual((await world.engine.runs.run(run_id)).metadata, metadata);
    await age(2 * MINUTE);
    await assertGone(run_id);
    const { events, lastSeq, terminal } = await world.engine.eventLog.read(runStreamId(run_id), 0);
    assert.deepEqual([events.length, lastSeq, terminal], [0, 4, true], 'the stream stays ended');
    const [listed] = (await world.engine.runs.runs({ limit: 10 })).runs;
    const { details_kept, signals, rejected, total } = listed ?? {};
    assert.deepEqual([details_kept, signals, rejected, total], [false, 1, 1, 2]);
    assert.equal((await world.engine.runs.summary(run_id))?.details_kept, false);
    assert.equal((await world.engine.runs.cancel(run_id)).message, 'Job already completed');
    await assert.rejects(world.engine.runs.diff(run_id, run_id), { code: 'gone' });
  });

  it('forgets the run thirty days after its end, and its key with it', async () => {
    const request = runRequestSchema.parse({ symbols: ['XRP/USDT'] });
    const options = { idempotencyKey: 'once' };
    const { run_id } = await world.engine.runs.start(request, options);
    await completeRunLog(world.engine, run_id);
    await age(29 * DAY);
    assert.equal((await world.engine.runs.start(request, options)).run_id, run_id);
    await age(2 * DAY);
    await assert.rejects(world.engine.runs.run(run_id), { code: 'not_found' });
    assert.deepEqual((await world.engine.runs.runs({ limit: 10 })).runs, []);
    assert.equal(await world.engine.eventLog.has(runStreamId(run_id)), false);
    const again = await world.engine.runs.start(request, options);
    assert.notEqual(again.run_id, run_id);
    await completeRunLog(world.engine, again.run_id);
  });

  it('never sweeps a run that has not ended, however old it is', async () => {
    const gate = new Gate();
    world.source.script = async (rows, { request, signal }) => {
      if (request.symbol === 'BTC/USDT') await gate.pass(signal);
      return rows;
    };
    const runId = await startRun(world.engine, { symbols: ['XRP/USDT', 'BTC/USDT'] });
    await eventually(async () => assert.equal((await world.engine.runs.summary(runId))?.progress, 1));
    await age(40 * DAY);
    gate.open();
    assert.equal(endOf(await completeRunLog(world.engine, runId)).metadata.scanned, 2);
  });

  it('does not answer a run that is swept while it is read as one without findings', async () => {
    const { run_id } = await runToEnd(world.engine, { symbols: ['BTC/USDT', 'XRP/USDT'] });
    const { store } = world.engine;
    const { listItems } = store;
    clock.jumpWall(61 * MINUTE);
    store.listItems = async (jobId) => {
      await store.sweepEndedJobs('run', clock.now());
      return listItems.call(store, jobId);
    };
    await assertGone(run_id);
  });

  it('keeps the newest ten thousand events of the topic', async () => {
    const { store } = world.engine;
    const events = Array.from({ length: 10_020 }, () => ({ type: 'runUpdated', payload: {} }));
    await store.commit({ appendEvents: [{ streamId: RUNS_TOPIC_STREAM, events }] });
    await clock.advance(MINUTE);
    const { firstSeq, lastSeq } = await store.readEvents(RUNS_TOPIC_STREAM, 10_019, 1);
    assert.deepEqual([firstSeq, lastSeq], [21, 10_020]);
  });
});
