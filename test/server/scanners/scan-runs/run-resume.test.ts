import assert from 'node:assert/strict';
import { RUNS_TOPIC_STREAM } from '@fast-scanner/server/scanners/scan-runs/scan-runs-service.ts';
import { type RunTopicEvents, runRequestSchema } from '@fast-scanner/shared';
import { eventually } from '../../../support/eventually.ts';
import { FakeClock } from '../../../support/fake-clock.ts';
import { Gate } from '../../../support/gate.ts';
import { completeRunLog, endOf, outcomesOf, runEventsOf } from '../../../support/run-log.ts';
import type { ScannerWorld } from '../../../support/scanner-world.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';
import { COINS, endedRun, openRunWorld, startRun } from './run-world.ts';

/** Lets symbols wait for ever, until the engine is closed. */
function holdBack(world: ScannerWorld, matches: (symbol: string, timeframe: string) => boolean): Gate {
  const gate = new Gate();
  world.source.script = async (rows, { request: { symbol, timeframe }, signal }) => {
    if (matches(symbol, timeframe)) await gate.pass(signal);
    return rows;
  };
  return gate;
}

describe('a run that outlives its process', () => {
  const folder = temporaryFolder();

  it('goes on with the symbols that have not ended, under the same id, and chooses no others', async () => {
    const dataDir = `${folder.path}/resumed`;
    const first = await openRunWorld({ dataDir });
    holdBack(
      first,
      (symbol, timeframe) => symbol === 'SOL/USDT' || (symbol === 'BTC/USDT' && timeframe === '4h'),
    );
    const runId = await startRun(first.engine, { symbols: undefined, limit: 6 });
    await eventually(async () => assert.equal((await first.engine.runs.run(runId)).progress, 4));
    const before = await first.engine.runs.run(runId);
    await first.engine.close();

    const second = await openRunWorld({ dataDir });
    second.source.tickerScript = () => assert.fail('the symbols were chosen before');
    const { status, metadata, started_at } = await endedRun(second.engine, runId);
    assert.deepEqual([status, metadata.scanned, metadata.requested], ['completed', 6, 6]);
    assert.equal(started_at, before.started_at);
    const askedAgain = new Set(second.source.requests.map(({ symbol }) => symbol));
    assert.deepEqual([...askedAgain].sort(), ['BTC/USDT', 'SOL/USDT']);
    const log = await completeRunLog(second.engine, runId);
    assert.deepEqual(outcomesOf(log).sort(), COINS.toSorted());
    assert.equal(runEventsOf(log, 'runStarted').length, 1);
    const steps = log.flatMap((event) => ('progress' in event ? [event.progress] : []));
    assert.deepEqual(steps, [1, 2, 3, 4, 5, 6], 'progress goes on where it was');
    await second.engine.close();
    assert.deepEqual([...first.bugs, ...second.bugs], []);
  });

  it('is taken up again with those that wait behind it, in the same order', async () => {
    const dataDir = `${folder.path}/queued`;
    const first = await openRunWorld({ dataDir });
    const gate = holdBack(first, () => true);
    const ids: string[] = [];
    for (let index = 0; index < 6; index += 1) {
      ids.push(await startRun(first.engine, { symbols: ['XRP/USDT'] }));
      await new Promise((resolve) => setTimeout(resolve, 2)); // no two of the same millisecond
    }
    const [cancelled = ''] = ids.splice(4, 1);
    await first.engine.runs.cancel(cancelled);
    await eventually(() => assert.ok(gate.arrived > 0));
    const { lastSeq } = await first.engine.eventLog.read(RUNS_TOPIC_STREAM, 0);
    await first.engine.close();

    const second = await openRunWorld({ dataDir });
    for (const id of ids) assert.equal(endOf(await completeRunLog(second.engine, id)).status, 'completed');
    const { events } = await second.engine.eventLog.read(RUNS_TOPIC_STREAM, lastSeq);
    const told = events.map(({ payload }) => payload as RunTopicEvents['runUpdated']); // the topic has no others
    const begun = told.flatMap(({ status, run_id }) => (status === 'running' ? [run_id] : []));
    assert.deepEqual(begun, ids, 'and what has ended stays ended');
    await second.engine.close();
  });

  it('is given up after five attempts without any progress, with a reason and without a request', async () => {
    const dataDir = `${folder.path}/crashes`;
    let runId = '';
    for (let attempt = 1; attempt <= 5; attempt += 1) {
      const world = await openRunWorld({ dataDir, symbols: ['BTC/USDT'] });
      const gate = holdBack(world, () => true);
      if (attempt === 1) runId = await startRun(world.engine, { symbols: ['BTC/USDT'] });
      await eventually(() => assert.equal(gate.arrived, 1));
      await world.engine.close();
    }
    const last = await openRunWorld({ dataDir, symbols: ['BTC/USDT'] });
    const { status, metadata } = await endedRun(last.engine, runId);
    assert.deepEqual([status, metadata.skipped], ['failed', 1]);
    const { error } = await last.engine.runs.run(runId);
    assert.equal(error?.code, 'interrupted');
    assert.match(error?.detail ?? '', /given up after 5 attempts/);
    assert.equal(last.source.requests.length, 0);
    await last.engine.close();
  });

  it('is not given up as long as each attempt brings a symbol', async () => {
    const dataDir = `${folder.path}/slow`;
    let runId = '';
    for (const [done, symbol] of COINS.entries()) {
      const world = await openRunWorld({ dataDir });
      const next = COINS[done + 1] ?? '';
      holdBack(world, (one) => one !== symbol);
      if (done === 0) runId = await startRun(world.engine, { sniper_mode: 'surgical' });
      await eventually(async () =>
        assert.equal((await world.engine.runs.summary(runId))?.progress, done + 1),
      );
      const job = await world.engine.store.getJob(runId);
      if (next) assert.deepEqual([job?.status, job?.attempts], ['running', 1]);
      else assert.equal(endOf(await completeRunLog(world.engine, runId)).status, 'completed');
      await world.engine.close();
    }
  });

  it('counts the working time of all its processes', async () => {
    const dataDir = `${folder.path}/time`;
    const clock = new FakeClock();
    const first = await openRunWorld({ dataDir, clock });
    const gate = holdBack(first, () => true);
    const runId = await startRun(first.engine, { symbols: ['XRP/USDT'] });
    await eventually(() => assert.equal(gate.arrived, 1));
    await clock.advance(20_000); // the heartbeat has stored it after 15 s
    await first.engine.close();
    await clock.advance(60_000); // nobody works on it
    const second = await openRunWorld({ dataDir, clock });
    assert.equal((await endedRun(second.engine, runId)).metadata.duration_ms, 15_000);
    await second.engine.close();
  });

  it('accepts nothing more and says so while its process goes down', async () => {
    const world = await openRunWorld({ dataDir: `${folder.path}/closing` });
    const gate = holdBack(world, () => true);
    const runId = await startRun(world.engine);
    await eventually(() => assert.ok(gate.arrived > 0));
    const cutOff = world.engine.runs.scanNow(
      runRequestSchema.parse({ symbols: ['XRP/USDT'] }),
      new AbortController().signal,
    );
    const refused = assert.rejects(cutOff, { code: 'unavailable' });
    await eventually(() => assert.equal(world.engine.runs.counts.running, 2));
    const closing = world.engine.close();
    await assert.rejects(startRun(world.engine), { code: 'unavailable' });
    await assert.rejects(world.engine.runs.cancel(runId), { code: 'unavailable' });
    await refused;
    await closing;
    await world.engine.runs.close();
    assert.deepEqual(world.bugs, []);
  });

  it('does not begin in an engine that is closed while it opens, which leaves no timer', async () => {
    const dataDir = `${folder.path}/opening`;
    const first = await openRunWorld({ dataDir });
    holdBack(first, () => true);
    for (let index = 0; index < 4; index += 1) await startRun(first.engine);
    await first.engine.close();

    const clock = new FakeClock();
    const second = await openRunWorld({ dataDir, clock, resumesWork: false });
    const opening = second.engine.runs.open();
    await second.engine.close();
    await opening;
    assert.deepEqual([clock.pendingTimers, second.source.requests.length, second.bugs], [0, 0, []]);
  });
});
