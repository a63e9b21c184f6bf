import assert from 'node:assert/strict';
import { RUNS_TOPIC_STREAM } from '@fast-scanner/server/scanners/scan-runs/scan-runs-service.ts';
import { runRequestSchema, runResponseSchema, runTopicEventSchemas } from '@fast-scanner/shared';
import { eventually } from '../../../support/eventually.ts';
import { Gate } from '../../../support/gate.ts';
import { completeRunLog, runEventsOf } from '../../../support/run-log.ts';
import type { ScannerWorld } from '../../../support/scanner-world.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';
import { COINS, endedRun, openRunWorld, runToEnd, startRun } from './run-world.ts';

describe('the progress of a run', () => {
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

  /** Lets symbols wait at the gate. */
  function shutGateFor(...symbols: readonly string[]): void {
    world.source.script = async (rows, { request, signal }) => {
      if (symbols.includes(request.symbol)) await gate.pass(signal);
      return rows;
    };
  }

  const read = async (runId: string) => runResponseSchema.parse(await world.engine.runs.run(runId));

  it('is told symbol by symbol, from the chosen symbols to the end', async () => {
    const log = await completeRunLog(world.engine, await startRun(world.engine));
    const [first, ...rest] = log;
    assert.ok(first?.type === 'runStarted');
    assert.deepEqual([first.symbols, first.total, first.selection_note], [COINS, 6, null]);
    const steps = rest.flatMap((event) =>
      event.type === 'runSignal' || event.type === 'runRejection' ? [event] : [],
    );
    assert.deepEqual(
      steps.map(({ progress }) => progress),
      [1, 2, 3, 4, 5, 6],
    );
    assert.ok(steps.every(({ total }) => total === 6));
    assert.deepEqual(
      steps.map(({ progress_pct }) => progress_pct),
      [16.7, 33.3, 50, 66.7, 83.3, 100],
    );
    assert.ok(steps.every(({ eta_seconds }) => eta_seconds !== null && eta_seconds >= 0));
    assert.equal(steps.at(-1)?.eta_seconds, 0);
    assert.equal(rest.length, 7, 'and the terminal event');
  });

  it('is seen while it works: how far it is, on what, and for how long still', async () => {
    shutGateFor('SOL/USDT');
    const runId = await startRun(world.engine);
    const running = await eventually(async () => {
      const run = await read(runId);
      assert.equal(run.progress, 5);
      return run;
    });
    assert.deepEqual([running.status, running.total, running.progress_pct], ['running', 6, 83.3]);
    assert.equal(running.current_symbol, 'SOL/USDT');
    assert.ok(running.eta_seconds !== null && running.eta_seconds > 0);
    assert.ok(running.started_at !== null && running.completed_at === null);
    assert.deepEqual(
      [running.signals, running.metadata, running.rejections],
      [undefined, undefined, undefined],
    );
    gate.open();
    const { current_symbol, progress_pct, completed_at } = await endedRun(world.engine, runId);
    assert.deepEqual([current_symbol, progress_pct], [null, 100]);
    assert.ok(completed_at !== null);
  });

  it('names only symbols that are at work as the current one', async () => {
    const atWork = new Set<string>();
    const wrong: (string | null)[] = [];
    let runId = '';
    world.source.script = async (rows, { request: { symbol } }) => {
      atWork.add(symbol);
      const { current_symbol } = await world.engine.runs.run(runId);
      if (current_symbol === null || !atWork.has(current_symbol)) wrong.push(current_symbol);
      return rows;
    };
    const { runs } = world.engine;
    const accepted = runs.start(runRequestSchema.parse({ symbols: COINS }));
    runId = (await accepted).run_id;
    await completeRunLog(world.engine, runId);
    assert.equal(atWork.size, 6);
    assert.deepEqual(wrong, []);
  });

  it('of a run that waits is none', async () => {
    shutGateFor(...COINS);
    for (let index = 0; index < 3; index += 1) await startRun(world.engine);
    const waiting = await read(await startRun(world.engine, { symbols: undefined, limit: 5 }));
    assert.deepEqual([waiting.status, waiting.progress, waiting.total], ['queued', 0, 5]);
    assert.deepEqual([waiting.current_symbol, waiting.eta_seconds, waiting.started_at], [null, null, null]);
  });

  it('is announced to those who follow all runs: queued, running, ended', async () => {
    const { run_id } = await runToEnd(world.engine, { symbols: ['BTC/USDT', 'XRP/USDT'] });
    const { events } = await world.engine.eventLog.read(RUNS_TOPIC_STREAM, 0);
    const told = events.map(({ type, payload, seq }) => {
      assert.equal(type, 'runUpdated');
      return runTopicEventSchemas.runUpdated.parse({ ...payload, seq });
    });
    assert.ok(told.every((one) => one.run_id === run_id));
    assert.deepEqual(
      told.map(({ status, progress, signals, rejected }) => [status, progress, signals, rejected]),
      [
        ['queued', 0, 0, 0],
        ['running', 0, 0, 0],
        ['completed', 2, 1, 1],
      ],
    );
  });

  it('waits for an exchange in trouble and says why to those who follow it', async () => {
    shutGateFor('SOL/USDT');
    const runId = await startRun(world.engine, { symbols: ['SOL/USDT'] });
    await eventually(() => assert.equal(gate.arrived, 1));
    world.engine.runs.reportExchange('recorded', 'rate_limited', 'recorded: rate limited, resuming in 3 s');
    world.engine.runs.reportExchange('another', 'rate_limited', 'not for this run');
    gate.open();
    const log = await completeRunLog(world.engine, runId);
    assert.deepEqual(
      runEventsOf(log, 'runError').map(({ code, error }) => [code, error]),
      [['rate_limited', 'recorded: rate limited, resuming in 3 s']],
    );
  });

  it('begins with the most traded symbols, chosen with one question for tickers', async () => {
    const volumes: Record<string, number> = {
      'UNI/USDT': 50,
      'XRP/USDT': 40,
      'BTC/USDT': 30,
      'SOL/USDT': 20,
    };
    world.source.tickerScript = (ticker) => ({ ...ticker, quoteVolume24h: volumes[ticker.symbol] ?? null });
    const runId = await startRun(world.engine, { symbols: undefined, limit: 3 });
    const [started] = runEventsOf(await completeRunLog(world.engine, runId), 'runStarted');
    assert.deepEqual(started?.symbols, ['UNI/USDT', 'XRP/USDT', 'BTC/USDT']);
    assert.deepEqual(world.source.tickerRequests, [COINS]);
    const { metadata } = await runToEnd(world.engine, { symbols: undefined, limit: 9, altcoins: false });
    assert.equal(metadata.requested, 5);
    assert.equal(metadata.selection_note, 'asked for 9 symbols, but recorded has 5 of majors');
  });
});
