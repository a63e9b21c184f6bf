import assert from 'node:assert/strict';
import {
  createScannerClient,
  type RunEvent,
  type RunUpdate,
  ScannerApiError,
  type ScannerClient,
  ScannerConnectionError,
} from '@fast-scanner/client';
import { RUN_MODE_NAMES, runEventSchemas, runResponseSchema } from '@fast-scanner/shared';
import { eventually } from '../support/eventually.ts';
import { type RunningApp, startApp } from '../support/running-app.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const SYMBOLS = ['BTC/USDT', 'ETH/USDT', 'SOL/USDT', 'XRP/USDT'];
const REQUEST = { symbols: SYMBOLS, sniper_mode: 'surgical' } as const;
const NOBODY = '1b4e28ba-2fa1-41d2-883f-0016d3cca427';

describe('client.runs', () => {
  const folder = temporaryFolder();
  let server: RunningApp;
  let client: ScannerClient;

  before(async () => {
    server = await startApp({ dataDir: folder.path });
  });
  after(() => server.app.close());
  beforeEach(() => {
    client = createScannerClient({ url: server.url });
  });
  afterEach(() => client.close());

  it('starts a run and follows it to its end, every event once and in order', async () => {
    const run = await client.runs.start(REQUEST);
    const events: RunEvent[] = [];
    for await (const event of run.events()) events.push(event);
    assert.deepEqual(
      events.map(({ seq }) => seq),
      events.map((_, index) => index + 1),
    );
    for (const { type, ...payload } of events) runEventSchemas[type].parse(payload);
    const judged = events.filter(({ type }) => type === 'runSignal' || type === 'runRejection');
    assert.deepEqual([events[0]?.type, judged.length, events.at(-1)?.type], ['runStarted', 4, 'runEnded']);
    assert.equal(client.connectionState, 'idle', 'no connection is held after the end');
  });

  it('waits for the end of a run and answers what it found', async () => {
    const { runId } = await client.runs.start({ ...REQUEST, symbols: ['BTC/USDT', 'ETH/USDT'] });
    const answer = runResponseSchema.parse(await client.runs.wait(runId));
    assert.deepEqual([answer.run_id, answer.status, answer.metadata?.requested], [runId, 'completed', 2]);
    assert.deepEqual(await client.runs.get(runId), await client.runs.run(runId).result());
  });

  it('calls typed listeners for every event of their name, however late they come', async () => {
    const run = await client.runs.start(REQUEST);
    const early: string[] = [];
    run.on('runRejection', ({ symbol, reason }) => early.push(`${symbol} ${reason}`));
    run.on('runSignal', ({ symbol }) => early.push(symbol));
    await run.result();
    assert.equal(early.length, 4);
    const late: string[] = [];
    run.on('runEnded', ({ status, metadata }) => late.push(`${status} ${metadata.scanned}`));
    await eventually(() => assert.deepEqual(late, ['completed 4']));
  });

  it('resolves also for a run that was cancelled or has failed: its status says so', async () => {
    const run = await client.runs.start({ limit: 100 });
    const waiting = run.result();
    const { status, message } = await client.runs.cancel(run.runId);
    assert.deepEqual([status, message], ['cancelled', 'Job cancelled']);
    const { metadata, ...answer } = await waiting;
    assert.equal(answer.status, 'cancelled');
    assert.ok(metadata && metadata.skipped > 0);
    assert.match((await run.cancel()).message, /already/);
  });

  it('reads the history, differences and modes', async () => {
    const first = await client.runs.start({ ...REQUEST, symbols: SYMBOLS.slice(2) });
    const second = await client.runs.start({ ...REQUEST, symbols: SYMBOLS.slice(1) });
    await Promise.all([first.result(), second.result()]);
    const page = await client.runs.list({ limit: 1, q: second.runId });
    assert.deepEqual(
      page.runs.map(({ run_id, total }) => [run_id, total]),
      [[second.runId, 3]],
    );
    const { next_cursor } = await client.runs.list({ limit: 1, status: 'completed' });
    assert.ok(next_cursor);
    assert.notEqual((await client.runs.list({ cursor: next_cursor })).runs[0]?.run_id, second.runId);
    const { from, to } = await client.runs.diff(first.runId, second.runId);
    assert.deepEqual([from, to], [first.runId, second.runId]);
    const { modes } = await client.runs.modes();
    assert.deepEqual(
      modes.map(({ mode }) => mode),
      RUN_MODE_NAMES,
    );
  });

  it('tells all watchers of the runs that come after them', async () => {
    await (await client.runs.start(REQUEST)).result();
    const [first, second]: [RunUpdate[], RunUpdate[]] = [[], []];
    const endFirst = client.runs.watch((update) => first.push(update));
    const endSecond = client.runs.watch((update) => second.push(update));
    const leaving: RunUpdate[] = [];
    client.runs.watch(() => endLeaving());
    const endLeaving = client.runs.watch((update) => leaving.push(update));
    await eventually(() => assert.equal(client.connectionState, 'open'));
    const { runId } = await client.runs.start(REQUEST);
    await eventually(() => assert.equal(first.at(-1)?.status, 'completed'));
    assert.deepEqual(
      first.map(({ run_id, status }) => [run_id, status]),
      ['queued', 'running', 'completed'].map((status) => [runId, status]),
    );
    assert.deepEqual([second, leaving], [first, []]);
    for (const end of [endFirst, endSecond, endSecond]) end();
    assert.equal(client.connectionState, 'open', 'one still watches');
  });

  it('says what is wrong with a request, and that there is no such run', async () => {
    await assert.rejects(client.runs.start({ limit: 101 }), (error) => {
      assert.ok(error instanceof ScannerApiError);
      assert.deepEqual([error.code, error.summary], ['invalid_input', null]);
      assert.equal(error.problem.errors?.[0]?.pointer, '/limit');
      return true;
    });
    for (const call of ['get', 'wait', 'cancel'] as const)
      await assert.rejects(client.runs[call](NOBODY), { name: 'ScannerApiError', code: 'not_found' });
  });

  it('stops waiting when its signal aborts or the client is closed, leaving the run alone', async () => {
    const { runId } = await client.runs.start({ limit: 100 });
    const signal = AbortSignal.abort(new Error('enough'));
    await assert.rejects(client.runs.wait(runId, { signal }), { message: 'enough' });
    let ended: Error | undefined;
    client.runs.watch(() => undefined, { onEnd: (error) => (ended = error) });
    const waiting = assert.rejects(client.runs.wait(runId), ScannerConnectionError);
    client.close();
    await waiting;
    assert.ok(ended instanceof ScannerConnectionError);
    assert.ok(['queued', 'running'].includes((await client.runs.get(runId)).status));
    await client.runs.cancel(runId);
  });
});
