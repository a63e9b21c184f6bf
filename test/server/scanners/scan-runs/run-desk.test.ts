import assert from 'node:assert/strict';
import { RUNS_TOPIC_STREAM } from '@fast-scanner/server/scanners/scan-runs/scan-runs-service.ts';
import { type RunEvents, ScannerError } from '@fast-scanner/shared';
import { eventually } from '../../../support/eventually.ts';
import { Gate } from '../../../support/gate.ts';
import { completeRunLog, endOf, runEventsOf } from '../../../support/run-log.ts';
import type { ScannerWorld } from '../../../support/scanner-world.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';
import { openRunWorld, runToEnd, startRun } from './run-world.ts';

/** No data for a symbol: the cheapest run there is. */
const CHEAP = { symbols: ['NOWHERE/USDT'] };

describe('the desk of runs', () => {
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

  /** Lets every request wait at the gate. */
  function shutGate(): void {
    world.source.script = async (rows, { signal }) => {
      await gate.pass(signal);
      return rows;
    };
  }

  async function startMany(count: number): Promise<string[]> {
    const ids: string[] = [];
    for (let index = 0; index < count; index += 1)
      ids.push(await startRun(world.engine, { symbols: ['BTC/USDT'] }));
    return ids;
  }

  async function statusesOf(ids: readonly string[]): Promise<(string | undefined)[]> {
    return Promise.all(ids.map(async (id) => (await world.engine.runs.summary(id))?.status));
  }

  /** Ids in the order in which the topic said they entered the status. */
  async function orderOf(status: string): Promise<string[]> {
    const { events } = await world.engine.eventLog.read(RUNS_TOPIC_STREAM, 0, 1000);
    return events.flatMap(({ payload }) => {
      const told = payload as RunEvents['runEnded']; // has a status, as every event of the topic
      return (told.status as string) === status ? [told.run_id] : [];
    });
  }

  it('has three at work and twenty waiting, and sends the next one away for a while', async () => {
    shutGate();
    const ids = await startMany(23);
    assert.deepEqual(world.engine.runs.counts, { running: 3, queued: 20 });
    await eventually(async () =>
      assert.deepEqual(await statusesOf(ids), [...Array(3).fill('running'), ...Array(20).fill('queued')]),
    );
    await assert.rejects(startRun(world.engine), (error) => {
      assert.ok(error instanceof ScannerError);
      assert.deepEqual([error.code, error.retryAfterMs], ['too_many_jobs', 5000]);
      assert.match(error.message, /3 runs are at work and 20 are waiting; cancel one or come again later/);
      return true;
    });
    const { runs } = await world.engine.runs.runs({ limit: 100 });
    assert.equal(runs.length, 23, 'who is sent away leaves nothing behind');
    await world.engine.runs.cancel(ids[22] ?? '');
    await startRun(world.engine, CHEAP);
    gate.open();
    await Promise.all(ids.map((id) => completeRunLog(world.engine, id)));
    assert.deepEqual(
      await orderOf('running'),
      (await orderOf('queued')).filter((id) => id !== ids[22]),
    );
    await eventually(() => assert.deepEqual(world.engine.runs.counts, { running: 0, queued: 0 }));
  });

  it('never promises more places than it has to those who come at once', async () => {
    shutGate();
    const many = Array.from({ length: 30 }, () => startRun(world.engine, { symbols: ['BTC/USDT'] }));
    const settled = await Promise.allSettled(many);
    const accepted = settled.filter(({ status }) => status === 'fulfilled');
    assert.equal(accepted.length, 23);
    assert.ok(settled.every((one) => one.status === 'fulfilled' || one.reason.code === 'too_many_jobs'));
  });

  it('gives a place that becomes free to the one that waits longest', async () => {
    const gates = new Map([...'ABCD'].map((name) => [name, new Gate()]));
    const modes = { A: 'strike', B: 'surgical', C: 'ghost', D: 'overwatch' } as const;
    world.source.script = async (rows, { request, signal }) => {
      const [name = ''] =
        Object.entries({ A: '15m', C: '1h', D: '4h' }).find(([, one]) => one === request.timeframe) ?? [];
      await gates.get(name)?.pass(signal);
      return rows;
    };
    const [a = '', , c = '', d = ''] = await Promise.all(
      Object.values(modes).map((sniper_mode) =>
        startRun(world.engine, { symbols: ['XRP/USDT'], sniper_mode }),
      ),
    );
    await eventually(() => assert.equal(gates.get('C')?.arrived, 1));
    assert.deepEqual(await statusesOf([c, d]), ['running', 'queued']);
    gates.get('C')?.open();
    assert.equal(endOf(await completeRunLog(world.engine, c)).status, 'completed');
    await eventually(async () => assert.deepEqual(await statusesOf([a, d]), ['running', 'running']));
    for (const one of gates.values()) one.open();
    await completeRunLog(world.engine, d);
  });

  it('lets runs of different modes work side by side, each under its own rules', async () => {
    const modes = ['recon', 'strike', 'surgical'] as const;
    const [recon, strike, surgical] = await Promise.all(
      modes.map((sniper_mode, index) =>
        runToEnd(world.engine, { sniper_mode, min_score: index * 35, leverage: index + 1 }),
      ),
    );
    const said = [recon, strike, surgical].map((run) => {
      const { mode, effective_min_score, leverage, total, min_risk_reward } = run?.metadata ?? {};
      return [mode, effective_min_score, leverage, total, min_risk_reward];
    });
    assert.deepEqual(said, [
      ['recon', 65, 1, 2, 1.8],
      ['strike', 60, 2, 2, 1.6],
      ['surgical', 70, 3, 1, 1.5],
    ]);
    const timeframesOf = (run: typeof recon) => run?.signals[0]?.analysis.confluence.timeframes.length;
    assert.deepEqual([recon, strike, surgical].map(timeframesOf), [5, 4, 3]);
    assert.deepEqual(
      [recon, strike, surgical].map((run) => run?.signals[0]?.liquidation_price === null),
      [true, false, false],
    );
  });

  it('lets a run that fails neither stop nor colour the others', async () => {
    world.source.script = (rows, { request: { symbol } }) => {
      if (symbol === 'ADA/USDT') throw new ScannerError('exchange_denied', 'not from here');
      return rows;
    };
    const [bad, good] = await Promise.all([
      startRun(world.engine, { symbols: ['ADA/USDT'] }),
      startRun(world.engine, { symbols: ['BTC/USDT', 'XRP/USDT'] }),
    ]);
    assert.equal(endOf(await completeRunLog(world.engine, bad)).status, 'failed');
    const log = await completeRunLog(world.engine, good);
    assert.deepEqual([endOf(log).status, runEventsOf(log, 'runError').length], ['completed', 0]);
  });
});
