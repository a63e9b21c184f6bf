import assert from 'node:assert/strict';
import {
  createScannerClient,
  type MarketScanEvent,
  ScannerApiError,
  type ScannerClient,
  ScannerConnectionError,
} from '@fast-scanner/client';
import {
  marketJobResponseSchema,
  marketScanEventSchemas,
  marketScanResultResponseSchema,
  sweepResultResponseSchema,
} from '@fast-scanner/shared';
import { eventually } from '../support/eventually.ts';
import { type RunningApp, startApp } from '../support/running-app.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const YEAR = { start_date: '2024-01-02', end_date: '2024-12-31' } as const;
const REQUEST = { strategy: 'sma_cross', tickers: ['AAPL', 'NONE', 'MSFT'], ...YEAR };
const SWEEP = { ...REQUEST, parameters: { fast: [5, 10], slow: [30] } };
const NOBODY = '1b4e28ba-2fa1-41d2-883f-0016d3cca427';

describe('client.marketScans', () => {
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

  it('starts a scan and follows it to its end, every event once and in order', async () => {
    const scan = await client.marketScans.start(REQUEST);
    const events: MarketScanEvent[] = [];
    for await (const event of scan.events()) events.push(event);
    for (const { type, ...payload } of events) marketScanEventSchemas[type].parse(payload);
    assert.deepEqual(
      events.map(({ seq, type }) => `${seq} ${type}`),
      ['1 start', '2 error', '3 progress', '4 complete'],
    );
    assert.equal(client.connectionState, 'idle', 'no connection is held after the end');
  });

  it('waits for the end of a scan and answers what it came to', async () => {
    const scan = await client.marketScans.start(REQUEST);
    const result = await scan.result();
    const { job_id, successful, failed } = marketScanResultResponseSchema.parse(result);
    assert.deepEqual([job_id, successful, failed], [scan.jobId, 2, 1]);
    assert.deepEqual(await client.marketScans.result(scan.jobId), result);
    const job = marketJobResponseSchema.parse(await client.marketScans.wait(scan.jobId));
    assert.deepEqual([job.kind, job.status, job.current], ['scan', 'completed', 3]);
    assert.deepEqual(await client.marketScans.job(scan.jobId), job);
    const csv = await client.marketScans.resultCsv(scan.jobId);
    assert.equal(csv.trim().split('\r\n').length, 3, csv);
  });

  it('calls typed listeners for every event of their name, however late they come', async () => {
    const scan = await client.marketScans.start(REQUEST);
    await scan.wait();
    const told: string[] = [];
    scan.on('error', ({ ticker, code }) => told.push(`${ticker} ${code}`));
    scan.on('complete', ({ total_stocks }) => told.push(`${total_stocks} stocks`));
    await eventually(() => assert.deepEqual(told, ['NONE symbol_unknown', '3 stocks']));
  });

  it('sweeps over values and answers which were best', async () => {
    const sweep = await client.marketScans.sweep(SWEEP);
    const result = await sweep.result();
    const { job_id, variants } = sweepResultResponseSchema.parse(result);
    assert.deepEqual([job_id, variants.length], [sweep.jobId, 2]);
    assert.deepEqual(await client.marketScans.sweepResult(sweep.jobId), result);
    const types: string[] = [];
    for await (const { type } of client.marketScans.events(sweep.jobId)) types.push(type);
    assert.equal(types.at(-1), 'sweepComplete');
    await assert.rejects(client.marketScans.result(sweep.jobId), { code: 'conflict' });
  });

  it('reads the history and the strategies', async () => {
    const first = await client.marketScans.start(REQUEST);
    const second = await client.marketScans.sweep(SWEEP);
    await Promise.all([first.wait(), second.wait()]);
    const page = await client.marketScans.jobs({ limit: 1, status: 'completed' });
    assert.ok(page.next_cursor);
    const next = await client.marketScans.jobs({ limit: 1, cursor: page.next_cursor });
    assert.deepEqual(
      [...page.jobs, ...next.jobs].map(({ job_id, kind }) => [job_id, kind]),
      [
        [second.jobId, 'sweep'],
        [first.jobId, 'scan'],
      ],
    );
    const { strategies } = await client.marketScans.strategies();
    assert.ok(strategies.some(({ id }) => id === 'bollinger_bands_strategy'));
  });

  it('says what is wrong with a request, and that there is no such strategy or job', async () => {
    await assert.rejects(client.marketScans.start({ ...REQUEST, cash: 0 }), (error) => {
      assert.ok(error instanceof ScannerApiError);
      assert.deepEqual([error.code, error.problem.errors?.[0]?.pointer], ['invalid_input', '/cash']);
      return true;
    });
    await assert.rejects(client.marketScans.start({ strategy: 'no_such' }), {
      code: 'not_found',
      message: /sma_cross/,
    });
    for (const call of ['job', 'result', 'resultCsv', 'sweepResult', 'wait', 'cancel'] as const)
      await assert.rejects(client.marketScans[call](NOBODY), { name: 'ScannerApiError', code: 'not_found' });
  });
});

describe('client.marketScans, while a scan goes on', () => {
  const folder = temporaryFolder();
  let server: RunningApp;
  let client: ScannerClient;

  before(async () => {
    server = await startApp({ dataDir: folder.path, demoLatencyMs: 60_000 });
    client = createScannerClient({ url: server.url });
  });
  after(() => server.app.close());

  it('cancels it; who waits for it hears that it has ended, but has no result', async () => {
    const scan = await client.marketScans.start(REQUEST);
    const [waiting, reading] = [scan.wait(), assert.rejects(scan.result(), { code: 'conflict' })];
    assert.equal((await client.marketScans.cancel(scan.jobId)).status, 'cancelled');
    assert.equal((await waiting).status, 'cancelled');
    await reading;
    assert.match((await scan.cancel()).message, /already/);
  });

  it('stops waiting when its signal aborts or the client is closed, leaving the scan alone', async () => {
    const { jobId } = await client.marketScans.start(REQUEST);
    const signal = AbortSignal.abort(new Error('enough'));
    await assert.rejects(client.marketScans.wait(jobId, { signal }), { message: 'enough' });
    const waiting = assert.rejects(client.marketScans.wait(jobId), ScannerConnectionError);
    client.close();
    await waiting;
    assert.ok(['queued', 'running'].includes((await client.marketScans.job(jobId)).status));
    await client.marketScans.cancel(jobId);
  });
});
