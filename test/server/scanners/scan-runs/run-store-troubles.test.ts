import assert from 'node:assert/strict';
import { RunLedger } from '@fast-scanner/server/scanners/scan-runs/run-ledger.ts';
import { toRunJob } from '@fast-scanner/server/scanners/scan-runs/run-record.ts';
import { runStreamId } from '@fast-scanner/server/scanners/scan-runs/scan-runs-service.ts';
import type { WriteBatch } from '@fast-scanner/server/store/store.ts';
import { ScannerError } from '@fast-scanner/shared';
import { eventually } from '../../../support/eventually.ts';
import { FakeClock } from '../../../support/fake-clock.ts';
import { Gate } from '../../../support/gate.ts';
import { completeRunLog, endOf } from '../../../support/run-log.ts';
import type { ScannerWorld } from '../../../support/scanner-world.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';
import { endedRun, openRunWorld, startRun } from './run-world.ts';

describe('a run whose store is in trouble', () => {
  const folder = temporaryFolder();
  let world: ScannerWorld;
  let clock: FakeClock;

  beforeEach(async () => {
    clock = new FakeClock();
    world = await openRunWorld({ dataDir: `${folder.path}/${Math.random()}`, clock });
  });
  afterEach(async () => {
    await world.engine.close();
    assert.deepEqual(world.bugs, []);
  });

  const isEnd = (batch: WriteBatch) => batch.appendEvents?.some(({ terminal }) => terminal) ?? false;

  /** Lets the store refuse some batches with an error. */
  function refuse(error: Error, matches: (batch: WriteBatch) => boolean): { times: number } {
    const refused = { times: 0 };
    const { store } = world.engine;
    const { commit } = store;
    store.commit = async (batch) => {
      if (!matches(batch)) return commit.call(store, batch);
      refused.times += 1;
      throw error;
    };
    return refused;
  }

  it('ends as soon as the disk has room again', async () => {
    let isFull = true;
    const refused = refuse(new ScannerError('disk_full', 'no space left'), (batch) => isFull && isEnd(batch));
    const runId = await startRun(world.engine, { symbols: ['XRP/USDT'] });
    await eventually(() => assert.equal(refused.times, 1));
    await clock.advance(3000);
    assert.equal(refused.times, 4, 'tried again every second');
    assert.equal((await world.engine.runs.run(runId)).status, 'running');
    isFull = false;
    await clock.advance(1000);
    assert.equal((await endedRun(world.engine, runId)).status, 'completed');
  });

  it('fails when a result cannot be stored, and keeps those that could', async () => {
    const symbolOf = ({ putItems = [] }: WriteBatch) => putItems[0]?.item;
    refuse(new ScannerError('disk_full', 'no space left'), (batch) => symbolOf(batch) === 'BTC/USDT');
    const runId = await startRun(world.engine, { symbols: ['XRP/USDT', 'BTC/USDT'] });
    const { status, metadata } = await endedRun(world.engine, runId);
    assert.deepEqual([status, metadata.scanned, metadata.skipped], ['failed', 1, 1]);
    assert.equal((await world.engine.runs.run(runId)).error?.code, 'disk_full');
  });

  it('fails with a reason when its end cannot be written because of a bug', async () => {
    let isFirst = true;
    refuse(new TypeError('a bug'), (batch) => {
      const isHit = isFirst && isEnd(batch);
      if (isHit) isFirst = false;
      return isHit;
    });
    const runId = await startRun(world.engine, { symbols: ['XRP/USDT'] });
    assert.equal(endOf(await completeRunLog(world.engine, runId)).status, 'failed');
    assert.equal((await world.engine.runs.run(runId)).error?.code, 'internal');
    assert.match(String(world.bugs.splice(0)), /a bug/);
  });

  it('leaves no bug behind when it is shut down while the disk is full, and goes on at the next start', async () => {
    const dataDir = `${folder.path}/full`;
    await world.engine.close();
    world = await openRunWorld({ dataDir, clock });
    const refused = refuse(new ScannerError('disk_full', 'no space left'), isEnd);
    const runId = await startRun(world.engine, { symbols: ['XRP/USDT'] });
    await eventually(() => assert.equal(refused.times, 1));
    const closing = world.engine.close();
    await clock.advance(1000);
    await closing;
    assert.deepEqual(world.bugs, []);
    world = await openRunWorld({ dataDir, clock });
    assert.equal((await endedRun(world.engine, runId)).status, 'completed');
    assert.equal(world.source.requests.length, 0, 'all its symbols had ended');
  });

  it('never calls itself completed with a symbol missing', async () => {
    const gate = new Gate();
    world.source.script = async (rows, { signal }) => {
      await gate.pass(signal);
      return rows;
    };
    const runId = await startRun(world.engine);
    await eventually(() => assert.ok(gate.arrived > 0));
    const job = toRunJob((await world.engine.store.getJob(runId)) ?? assert.fail());
    const ledger = new RunLedger(job, [], world.engine);
    await assert.rejects(ledger.end('completed', null), /has 0 outcomes of 6 symbols/);
    const { terminal } = await world.engine.eventLog.read(runStreamId(runId), 0);
    assert.equal(terminal, false);
    gate.open();
    await completeRunLog(world.engine, runId);
  });
});
