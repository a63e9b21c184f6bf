import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { RUN_JOB } from '@fast-scanner/server/scanners/scan-runs/run-record.ts';
import type { JobRecord } from '@fast-scanner/server/store/store.ts';
import { eventually } from '../../../support/eventually.ts';
import { FakeClock } from '../../../support/fake-clock.ts';
import { Gate } from '../../../support/gate.ts';
import { completeRunLog, endOf } from '../../../support/run-log.ts';
import type { ScannerWorld } from '../../../support/scanner-world.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';
import { endedRun, openRunWorld, runToEnd, startRun } from './run-world.ts';

const BEAT = 15_000;
const MINUTE = 60_000;
/** Far beyond every test: here the watchdog alone ends what hangs. */
const NO_DEADLINE = 1e9;

describe('the watchdog of runs', () => {
  const folder = temporaryFolder();
  let world: ScannerWorld;
  let clock: FakeClock;
  let gate: Gate;

  beforeEach(async () => {
    clock = new FakeClock();
    gate = new Gate();
    const dataDir = `${folder.path}/${Math.random()}`;
    world = await openRunWorld({ dataDir, clock, symbolDeadlineMs: NO_DEADLINE });
  });
  afterEach(async () => {
    gate.open();
    await world.engine.close();
    assert.equal(clock.pendingTimers, 0);
    assert.deepEqual(world.bugs, []);
  });

  function holdBack(...symbols: readonly string[]): void {
    world.source.script = async (rows, { request, signal }) => {
      if (symbols.includes(request.symbol)) await gate.pass(signal);
      return rows;
    };
  }

  async function jobOf(runId: string): Promise<JobRecord> {
    const job = await world.engine.store.getJob(runId);
    assert.ok(job);
    return job;
  }

  it('says of every run at work that it is alive', async () => {
    holdBack('BTC/USDT');
    const runId = await startRun(world.engine, { symbols: ['BTC/USDT'] });
    await eventually(() => assert.equal(gate.arrived, 1));
    const { heartbeatAt } = await jobOf(runId);
    await clock.advance(BEAT);
    assert.equal((await jobOf(runId)).heartbeatAt, (heartbeatAt ?? 0) + BEAT);
    await clock.advance(2 * BEAT);
    const { heartbeatAt: later, status } = await jobOf(runId);
    assert.deepEqual([later, status], [(heartbeatAt ?? 0) + 3 * BEAT, 'running']);
  });

  it('fails a run in which no symbol has ended for ten minutes, with a reason and what was found', async () => {
    holdBack('BTC/USDT');
    const runId = await startRun(world.engine, { symbols: ['XRP/USDT', 'BTC/USDT'] });
    await eventually(async () => assert.equal((await world.engine.runs.run(runId)).progress, 1));
    await clock.advance(10 * MINUTE);
    assert.equal((await world.engine.runs.run(runId)).status, 'running');
    await clock.advance(2 * BEAT);
    const { status, metadata, rejections } = await endedRun(world.engine, runId);
    assert.deepEqual([status, metadata.scanned, metadata.skipped], ['failed', 1, 1]);
    assert.equal(rejections.total_rejected, 1);
    const { error } = await world.engine.runs.run(runId);
    assert.equal(error?.code, 'interrupted');
    assert.match(error?.detail ?? '', /no symbol has ended for 10 minutes; start the run again/);
  });

  it('leaves a run alone that gets on, however slowly', async () => {
    const gates = new Map(['BTC/USDT', 'SOL/USDT'].map((symbol) => [symbol, new Gate()]));
    world.source.script = async (rows, { request, signal }) => {
      await gates.get(request.symbol)?.pass(signal);
      return rows;
    };
    const runId = await startRun(world.engine, { symbols: ['SOL/USDT', 'BTC/USDT'] });
    await eventually(() => assert.equal(gates.get('SOL/USDT')?.arrived, 1));
    for (const [done, one] of [...gates.values()].entries()) {
      await clock.advance(8 * MINUTE);
      one.open();
      await eventually(async () =>
        assert.equal((await world.engine.runs.summary(runId))?.progress, done + 1),
      );
    }
    assert.equal(endOf(await completeRunLog(world.engine, runId)).status, 'completed');
  });

  it('gives the place of a run it failed to the next one', async () => {
    holdBack('BTC/USDT');
    for (let index = 0; index < 3; index += 1) await startRun(world.engine, { symbols: ['BTC/USDT'] });
    const next = await startRun(world.engine, { symbols: ['XRP/USDT'] });
    await eventually(() => assert.equal(gate.arrived, 1));
    await clock.advance(10 * MINUTE + 2 * BEAT);
    assert.equal(endOf(await completeRunLog(world.engine, next)).status, 'completed');
    assert.deepEqual(world.engine.runs.counts, { running: 0, queued: 0 });
  });

  it('takes in a stored run that nobody works on', async () => {
    const { run_id } = await runToEnd(world.engine, { symbols: ['XRP/USDT'] });
    const { store } = world.engine;
    const { state, input } = await jobOf(run_id);
    const id = randomUUID();
    const fresh = { status: 'running', attempts: 1, startedAt: 1, endedAt: null, error: null } as const;
    const unfinished = { ...(state as object), symbols: ['BTC/USDT'], signals: 0, rejected: 0, failed: 0 };
    await store.commit({
      createJobs: [{ ...(await jobOf(run_id)), ...fresh, id, input, state: unfinished }],
    });
    await clock.advance(BEAT);
    assert.equal((await endedRun(world.engine, id)).metadata.scanned, 1);
  });

  it('does not take in a run that ended while the list was read', async () => {
    holdBack('XRP/USDT');
    const runId = await startRun(world.engine, { symbols: ['XRP/USDT'] });
    await eventually(() => assert.equal(gate.arrived, 1));
    const stale = await jobOf(runId);
    gate.open();
    await completeRunLog(world.engine, runId);
    const { store } = world.engine;
    const { listJobs } = store;
    store.listJobs = async (query) =>
      query.kind === RUN_JOB && query.statuses?.[0] === 'running' ? [stale] : listJobs.call(store, query);
    await clock.advance(BEAT);
    assert.deepEqual(world.engine.runs.counts, { running: 0, queued: 0 });
    assert.equal((await jobOf(runId)).status, 'completed');
  });

  it('and the start of a run do not both take it in', async () => {
    const { store } = world.engine;
    const { commit } = store;
    store.commit = async (batch) => {
      const result = await commit.call(store, batch);
      if (batch.createJobs) await gate.pass();
      return result;
    };
    const starting = startRun(world.engine, { symbols: ['XRP/USDT'] });
    await eventually(() => assert.equal(gate.arrived, 1));
    await clock.advance(BEAT);
    gate.open();
    const log = await completeRunLog(world.engine, await starting);
    await eventually(() => assert.deepEqual(world.engine.runs.counts, { running: 0, queued: 0 }));
    assert.equal(log.length, 3);
    assert.equal((await jobOf(await starting)).attempts, 1);
    await clock.advance(BEAT);
  });
});
