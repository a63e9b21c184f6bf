import assert from 'node:assert/strict';
import {
  createScannerClient,
  type ScanEvent,
  ScannerApiError,
  type ScannerClient,
  ScannerConnectionError,
} from '@fast-scanner/client';
import { type RunningApp, startApp } from '../support/running-app.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

describe('the scanner client', () => {
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

  it('scans, then follows phase 2 to its end, every event once and in order', async () => {
    const scan = await client.quickScan({ limit: 6 });
    assert.equal(scan.signals.length, 6);
    const events: ScanEvent[] = [];
    for await (const event of scan.events()) events.push(event);
    assert.deepEqual(
      events.map(({ seq }) => seq),
      events.map((_, index) => index + 1),
    );
    assert.equal(events.filter(({ type }) => type === 'symbolAnalyzed').length, 6);
    assert.equal(events.at(-1)?.type, 'deepAnalysisComplete');
    assert.equal(client.connectionState, 'idle', 'no connection is held after the end');
  });

  it('calls typed listeners for every event of their name, however late they come', async () => {
    const scan = await client.quickScan({ limit: 4 });
    const early: string[] = [];
    scan.on('symbolAnalyzed', ({ symbol, deepData }) =>
      early.push(`${symbol} ${deepData.opportunity_score}`),
    );
    const { signals } = await scan.result();
    const late: string[] = [];
    scan.on('symbolAnalyzed', ({ symbol, deepData }) => late.push(`${symbol} ${deepData.opportunity_score}`));
    await new Promise((resolve) => setImmediate(resolve));
    assert.equal(early.length, 4);
    assert.deepEqual(late, early);
    assert.deepEqual(
      signals.map(({ status }) => status),
      ['complete', 'complete', 'complete', 'complete'],
    );
  });

  it('finds a scan by its id and reads what others started', async () => {
    const { scanId } = await client.quickScan({ limit: 3 });
    const { scan } = await createScannerClient({ url: server.url }).scan(scanId).result();
    assert.deepEqual([scan.status, scan.totals.completed], ['completed', 3]);
  });

  it('reads results, symbols, status, history, differences and the schedule', async () => {
    const first = await client.quickScan({ limit: 3 });
    const second = await client.quickScan({ limit: 3 });
    await Promise.all([first.result(), second.result()]);
    assert.equal((await client.results({ scanId: first.scanId, limit: 2 })).count, 2);
    assert.equal((await client.symbol('BTC/USDT', { candles: 5 })).candles?.length, 5);
    assert.ok((await client.status()).history.length >= 2);
    const page = await client.scans({ limit: 1 });
    assert.ok(page.nextCursor);
    assert.notEqual(
      (await client.scans({ limit: 1, cursor: page.nextCursor })).scans[0]?.scanId,
      page.scans[0]?.scanId,
    );
    assert.ok(Array.isArray((await client.diff(first.scanId, second.scanId)).changes));
    assert.equal(
      (await client.updateSchedule({ enabled: false, intervalMinutes: 30 })).schedule.intervalMinutes,
      30,
    );
    assert.equal((await client.schedule()).schedule.enabled, false);
  });

  it('reads alerts and replaces their rules', async () => {
    assert.ok(Array.isArray((await client.alerts({ limit: 5 })).alerts));
    const { rules } = await client.updateAlertRules([
      { id: 'big-moves', change: 'price_move', threshold: 5 },
    ]);
    assert.deepEqual(rules, (await client.alertRules()).rules);
    assert.equal(rules[0]?.cooldownCandles, 1);
    const doubled = { id: 'same', change: 'flipped' } as const;
    await assert.rejects(client.updateAlertRules([doubled, doubled]), { code: 'invalid_input' });
  });

  it('cancels', async () => {
    const scan = await client.quickScan({ limit: 40 });
    const { status } = await scan.cancel();
    assert.ok(['cancelled', 'completed'].includes(status));
    assert.equal((await scan.result()).scan.status, status);
  });

  it('turns refusals into errors that carry the problem', async () => {
    const refused = client.quickScan({ symbols: ['nope'] });
    await assert.rejects(refused, (error) => {
      assert.ok(error instanceof ScannerApiError);
      assert.deepEqual([error.code, error.status], ['invalid_input', 400]);
      assert.equal(error.problem.errors?.[0]?.pointer, '/symbols/0');
      return true;
    });
    await assert.rejects(client.scan('scan_unknown').result(), {
      name: 'ScannerApiError',
      code: 'not_found',
    });
  });

  it('stops waiting when its signal aborts, leaving the scan alone', async () => {
    const scan = await client.quickScan({ limit: 10 });
    await assert.rejects(scan.result({ signal: AbortSignal.abort(new Error('enough')) }), {
      message: 'enough',
    });
    assert.equal((await scan.result()).scan.status, 'completed');
  });

  it('tells waiting readers when it is closed', async () => {
    const scan = client.scan('scan_whatever');
    const waiting = assert.rejects(scan.result(), ScannerConnectionError);
    client.close();
    await waiting;
  });

  it('gives up with a clear error when nothing listens', async () => {
    const lonely = createScannerClient({ url: 'http://127.0.0.1:1' });
    const signal = AbortSignal.timeout(50);
    await assert.rejects(lonely.status({ signal }));
  });
});

describe('the scanner client with tokens', () => {
  const folder = temporaryFolder();
  let server: RunningApp;

  before(async () => {
    server = await startApp({ dataDir: folder.path, apiToken: 'correct-horse-battery' });
  });
  after(() => server.app.close());

  it('sends a token, also one from a function', async () => {
    const client = createScannerClient({ url: server.url, token: async () => 'correct-horse-battery' });
    const { scan } = await (await client.quickScan({ limit: 2 })).result();
    assert.equal(scan.status, 'completed');
  });

  it('is refused without one, over HTTP and over the socket', async () => {
    const client = createScannerClient({ url: server.url });
    await assert.rejects(client.status(), { code: 'unauthorized', status: 401 });
    await assert.rejects(client.scan('scan_x').result(), { code: 'unauthorized' });
  });
});
