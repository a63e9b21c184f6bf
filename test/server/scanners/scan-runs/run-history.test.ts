import assert from 'node:assert/strict';
import { runStreamId } from '@fast-scanner/server/scanners/scan-runs/scan-runs-service.ts';
import {
  type RunsQueryInput,
  runRequestSchema,
  runSignalsResponseSchema,
  runsQuerySchema,
  runsResponseSchema,
} from '@fast-scanner/shared';
import { eventually } from '../../../support/eventually.ts';
import { Gate } from '../../../support/gate.ts';
import { completeRunLog, endOf } from '../../../support/run-log.ts';
import type { ScannerWorld } from '../../../support/scanner-world.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';
import { openRunWorld, runToEnd, startRun, symbolsOf } from './run-world.ts';

const UNKNOWN = '1b4e28ba-2fa1-41d2-883f-0016d3cca427';

describe('the history of runs', () => {
  const folder = temporaryFolder();
  let world: ScannerWorld;
  let ids: string[];

  before(async () => {
    world = await openRunWorld({ dataDir: folder.path });
    ids = [];
    for (const symbols of [['BTC/USDT'], ['XRP/USDT'], ['UNI/USDT', 'BTC/USDT']])
      ids.push(
        (await runToEnd(world.engine, { symbols, sniper_mode: symbols[1] ? 'ghost' : 'recon' })).run_id,
      );
  });
  after(async () => {
    await world.engine.close();
    assert.deepEqual(world.bugs, []);
  });

  async function list(query: RunsQueryInput) {
    return runsResponseSchema.parse(await world.engine.runs.runs(runsQuerySchema.parse(query)));
  }
  const idsOf = async (query: RunsQueryInput) => (await list(query)).runs.map(({ run_id }) => run_id);

  it('is told newest first, page by page', async () => {
    const [a, b, c] = ids;
    const first = await list({ limit: 2 });
    assert.deepEqual(
      first.runs.map(({ run_id }) => run_id),
      [c, b],
    );
    assert.ok(first.next_cursor);
    const second = await list({ limit: 2, cursor: first.next_cursor });
    assert.deepEqual([second.runs.map(({ run_id }) => run_id), second.next_cursor], [[a], null]);
    assert.equal((await list({ limit: 3 })).next_cursor, null, 'a page that is full exactly is the last');
    await assert.rejects(list({ cursor: 'nonsense' }), { code: 'invalid_input' });
  });

  it('is filtered by state, mode, exchange and any text of it', async () => {
    const [a, b, c] = ids;
    assert.deepEqual(await idsOf({ mode: 'ghost' }), [c]);
    assert.deepEqual(await idsOf({ q: 'btc' }), [c, a]);
    assert.deepEqual(await idsOf({ q: b?.slice(0, 13) ?? '' }), [b]);
    assert.deepEqual(await idsOf({ q: 'GHOST', status: 'completed' }), [c]);
    assert.deepEqual([await idsOf({ status: 'failed' }), await idsOf({ exchange: 'binance' })], [[], []]);
    assert.equal((await idsOf({ exchange: 'recorded' })).length, 3);
  });

  it('has the counts of each run', async () => {
    const [newest] = (await list({ limit: 1 })).runs;
    const { signals, rejected, failed, skipped, total, progress, details_kept, error } = newest ?? {};
    assert.deepEqual([signals, rejected, failed, skipped], [1, 1, 0, 0]);
    assert.deepEqual([total, progress, details_kept, error], [2, 2, true, null]);
    assert.deepEqual(await world.engine.runs.summary(newest?.run_id ?? ''), newest);
  });

  it('does not know what never was', async () => {
    const { runs } = world.engine;
    await assert.rejects(runs.run(UNKNOWN), { code: 'not_found', message: `there is no run ${UNKNOWN}` });
    await assert.rejects(runs.cancel(UNKNOWN), { code: 'not_found' });
    await assert.rejects(runs.diff(UNKNOWN, UNKNOWN), { code: 'not_found' });
    assert.equal(await runs.summary(UNKNOWN), null);
    const scan = await world.engine.scanner.start({
      symbols: ['BTC/USDT'],
      timeframe: '1h',
      limit: 1,
      analyze: false,
    });
    await scan.quickScan;
    await assert.rejects(runs.run(scan.scanId), { code: 'not_found' }, 'a scan is no run');
  });
});

describe('a run somebody waits for', () => {
  const folder = temporaryFolder();
  let world: ScannerWorld;

  beforeEach(async () => {
    world = await openRunWorld({ dataDir: `${folder.path}/${Math.random()}` });
  });
  afterEach(async () => {
    await world.engine.close();
    assert.deepEqual(world.bugs, []);
  });

  const request = runRequestSchema.parse({ symbols: ['BTC/USDT', 'XRP/USDT'] });

  it('answers with what the run itself says', async () => {
    const answer = runSignalsResponseSchema.parse(
      await world.engine.runs.scanNow(request, new AbortController().signal),
    );
    assert.deepEqual(symbolsOf(answer.signals), ['BTC/USDT']);
    const { signals, metadata, rejections } = await world.engine.runs.run(answer.run_id);
    assert.deepEqual(answer, { success: true, run_id: answer.run_id, signals, metadata, rejections });
  });

  it('is cancelled when he goes away', async () => {
    const gate = new Gate();
    world.source.script = async (rows, { signal }) => {
      await gate.pass(signal);
      return rows;
    };
    const leaving = new AbortController();
    const answer = world.engine.runs.scanNow(request, leaving.signal);
    const refused = assert.rejects(answer, { code: 'cancelled' });
    await eventually(() => assert.ok(gate.arrived > 0));
    leaving.abort();
    await refused;
    const [only] = (await world.engine.runs.runs({ limit: 5 })).runs;
    assert.equal(only?.status, 'cancelled');
  });

  it('throws the error it failed of', async () => {
    world.source.listMarkets = () => Promise.reject(new Error('a bug'));
    const { signal } = new AbortController();
    const chosen = runRequestSchema.parse({});
    await assert.rejects(world.engine.runs.scanNow(chosen, signal), { code: 'internal' });
    assert.match(String(world.bugs.splice(0)), /a bug/);
    await assert.rejects(world.engine.runs.scanNow({ ...chosen, exchange: 'nowhere' }, signal), {
      code: 'exchange_unknown',
    });
  });

  it('goes ahead of what runs in the background', async () => {
    const gate = new Gate();
    const asked: string[] = [];
    world.source.script = async (rows, { request: { symbol, timeframe }, signal }) => {
      asked.push(`${symbol} ${timeframe}`);
      await gate.pass(signal);
      return rows;
    };
    const slow = await startRun(world.engine);
    await eventually(() => assert.equal(gate.arrived, 5));
    const urgent = runRequestSchema.parse({ symbols: ['XRP/USDT'], sniper_mode: 'strike' });
    const answer = world.engine.runs.scanNow(urgent, new AbortController().signal);
    await eventually(async () => {
      const [newest] = (await world.engine.runs.runs({ limit: 1 })).runs;
      const { lastSeq } = await world.engine.eventLog.read(runStreamId(newest?.run_id ?? ''), 0);
      assert.deepEqual([newest?.mode, lastSeq], ['strike', 1], 'its symbols are chosen');
    });
    await new Promise((resolve) => setImmediate(resolve)); // and stand in the queue
    gate.open();
    await answer;
    assert.equal(endOf(await completeRunLog(world.engine, slow)).status, 'completed');
    assert.ok(asked.indexOf('XRP/USDT 15m') < asked.indexOf('UNI/USDT 1h'), asked.join(', '));
  });
});
