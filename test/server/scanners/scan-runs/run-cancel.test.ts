import assert from 'node:assert/strict';
import { RUNS_TOPIC_STREAM, runStreamId } from '@fast-scanner/server/scanners/scan-runs/scan-runs-service.ts';
import type { CancelRunResponse, RunTopicEvents } from '@fast-scanner/shared';
import { eventually } from '../../../support/eventually.ts';
import { Gate } from '../../../support/gate.ts';
import { assertIdentity, completeRunLog, endOf, outcomesOf } from '../../../support/run-log.ts';
import type { ScannerWorld } from '../../../support/scanner-world.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';
import { COINS, openRunWorld, runToEnd, startRun } from './run-world.ts';

describe('F33: cancelling a run', () => {
  const folder = temporaryFolder();
  let world: ScannerWorld;
  let gate: Gate;

  beforeEach(async () => {
    world = await openRunWorld({ dataDir: `${folder.path}/${Math.random()}` });
    gate = new Gate();
  });
  afterEach(async () => {
    gate.open();
    await world.engine.close();
    assert.deepEqual(world.bugs, []);
  });

  function shutGateFor(matches: (symbol: string, timeframe: string) => boolean): void {
    world.source.script = async (rows, { request: { symbol, timeframe }, signal }) => {
      if (matches(symbol, timeframe)) await gate.pass(signal);
      return rows;
    };
  }

  /** Cancels the run the moment its log has an event of the type. */
  function cancelAt(moment: string, runId: string): Promise<CancelRunResponse> {
    const { runs, eventLog } = world.engine;
    return new Promise((resolve, reject) => {
      eventLog.subscribe(runStreamId(runId), (events) => {
        if (events.some(({ type }) => type === moment)) runs.cancel(runId).then(resolve, reject);
      });
    });
  }

  /** The run ended cancelled, once, and asks nobody any more. */
  async function assertCancelled(runId: string, ended: readonly string[]): Promise<void> {
    const asked = world.source.requests.length + world.source.tickerRequests.length;
    gate.open();
    const log = await completeRunLog(world.engine, runId);
    const { status, metadata } = endOf(log);
    assert.equal(status, 'cancelled');
    assert.deepEqual(outcomesOf(log).sort(), ended.toSorted());
    assertIdentity(metadata);
    assert.equal(metadata.skipped, metadata.requested - ended.length);
    for (let turn = 0; turn < 3; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    const { requests, tickerRequests } = world.source;
    assert.equal(requests.length + tickerRequests.length, asked, 'no request after the terminal state');
    const run = await world.engine.runs.run(runId);
    assert.deepEqual([run.status, run.current_symbol, run.error], ['cancelled', null, undefined]);
    assert.equal(run.metadata?.scanned, ended.length, 'what was found is kept');
  }

  it('at work aborts the requests in flight and keeps what was found', async () => {
    shutGateFor((symbol) => !['BTC/USDT', 'XRP/USDT'].includes(symbol));
    const runId = await startRun(world.engine);
    await eventually(async () => assert.equal((await world.engine.runs.run(runId)).progress, 2));
    await eventually(() => assert.equal(gate.arrived, 4));
    const startedAt = performance.now();
    const { message, status } = await world.engine.runs.cancel(runId);
    assert.ok(performance.now() - startedAt < 1000);
    assert.deepEqual([message, status], ['Job cancelled', 'cancelled']);
    await assertCancelled(runId, ['BTC/USDT', 'XRP/USDT']);
  });

  it('in the second phase is no different', async () => {
    shutGateFor((_, timeframe) => timeframe === '4h');
    const runId = await startRun(world.engine);
    await eventually(async () => assert.equal((await world.engine.runs.run(runId)).progress, 1)); // XRP is HOLD
    await eventually(() => assert.equal(gate.arrived, 2));
    await world.engine.runs.cancel(runId);
    await assertCancelled(runId, ['XRP/USDT']);
  });

  it('while its symbols are chosen asks for no candles', async () => {
    const { fetchTickers } = world.source;
    world.source.fetchTickers = async (symbols, options) => {
      await gate.pass(options?.signal);
      return fetchTickers.call(world.source, symbols, options);
    };
    const runId = await startRun(world.engine, { symbols: undefined });
    await eventually(() => assert.equal(gate.arrived, 1));
    await world.engine.runs.cancel(runId);
    await assertCancelled(runId, []);
    assert.equal(world.source.requests.length, 0);
  });

  it('that waits ends it at once, asks nobody and lets the others keep their places', async () => {
    shutGateFor(() => true);
    const ids: string[] = [];
    for (const symbol of ['BTC/USDT', 'BTC/USDT', 'BTC/USDT', 'UNI/USDT', 'XRP/USDT'])
      ids.push(await startRun(world.engine, { symbols: [symbol] }));
    const [, , , waiting = '', next = ''] = ids;
    assert.equal((await world.engine.runs.cancel(waiting)).status, 'cancelled');
    assert.deepEqual(world.engine.runs.counts, { running: 3, queued: 1 });
    const log = await completeRunLog(world.engine, waiting);
    assert.deepEqual([log.length, endOf(log).status], [1, 'cancelled']);
    assert.equal((await world.engine.runs.run(waiting)).started_at, null);
    gate.open();
    for (const id of [...ids.slice(0, 3), next]) {
      assert.equal(endOf(await completeRunLog(world.engine, id)).status, 'completed');
    }
    assert.ok(world.source.requests.every(({ symbol }) => symbol !== 'UNI/USDT'));
  });

  it('after its last symbol leaves one terminal state', async () => {
    for (const moment of ['runRejection', 'runEnded'] as const) {
      shutGateFor(() => true);
      const runId = await startRun(world.engine, { symbols: ['XRP/USDT'] });
      const cancelled = cancelAt(moment, runId);
      gate.open();
      const { status } = await cancelled;
      const { status: told, metadata } = endOf(await completeRunLog(world.engine, runId));
      assert.deepEqual([status, told], Array(2).fill(moment === 'runEnded' ? 'completed' : 'cancelled'));
      assertIdentity(metadata);
      assert.deepEqual([metadata.scanned, metadata.skipped], [1, 0]);
      gate = new Gate();
    }
  });

  it('a second time, or after the end, changes nothing and says so', async () => {
    shutGateFor(() => true);
    const runId = await startRun(world.engine);
    const both = await Promise.all([world.engine.runs.cancel(runId), world.engine.runs.cancel(runId)]);
    assert.deepEqual(
      both.map(({ status }) => status),
      ['cancelled', 'cancelled'],
    );
    assert.equal((await world.engine.runs.cancel(runId)).message, 'Job already cancelled');
    await assertCancelled(runId, []);
    const { run_id } = await runToEnd(world.engine, { symbols: ['XRP/USDT'] });
    const { message, status } = await world.engine.runs.cancel(run_id);
    assert.deepEqual([message, status], ['Job already completed', 'completed']);
    await completeRunLog(world.engine, run_id);
  });

  it('leaves other runs alone', async () => {
    shutGateFor((symbol) => symbol === 'UNI/USDT');
    const stuck = await startRun(world.engine, { symbols: ['UNI/USDT'] });
    const other = await startRun(world.engine, { symbols: COINS.filter((one) => one !== 'UNI/USDT') });
    await world.engine.runs.cancel(stuck);
    assert.equal(endOf(await completeRunLog(world.engine, other)).status, 'completed');
  });

  it('is possible for whoever hears that it was queued', async () => {
    let answer: Promise<string> | null = null;
    world.engine.eventLog.subscribe(RUNS_TOPIC_STREAM, (events) => {
      const [told] = events.map(({ payload }) => payload as RunTopicEvents['runUpdated']); // the topic has no others
      answer ??= world.engine.runs.cancel(told?.run_id ?? '').then(({ status }) => status);
    });
    const runId = await startRun(world.engine);
    assert.equal(await answer, 'cancelled');
    await assertCancelled(runId, []);
  });
});
