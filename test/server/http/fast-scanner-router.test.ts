import assert from 'node:assert/strict';
import { connect } from 'node:net';
import {
  cancelScanResponseSchema,
  quickScanResponseSchema,
  resultsResponseSchema,
  scanDiffResponseSchema,
  scanResponseSchema,
  scanStatusResponseSchema,
  scansResponseSchema,
  scheduleResponseSchema,
  symbolResponseSchema,
} from '@fast-scanner/shared';
import type { z } from 'zod';
import { eventually } from '../../support/eventually.ts';
import { completeLog } from '../../support/scan-log.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { expectProblem } from './expect-problem.ts';
import { rawRequest, sendJson } from './raw-request.ts';
import { TestWindows } from './test-windows.ts';

describe('the routes of the fast scanner', () => {
  const folder = temporaryFolder();
  let windows: TestWindows;
  let scanId: string;

  const get = async <Schema extends z.ZodType>(path: string, schema: Schema) => {
    const { status, text } = await rawRequest({ port: windows.port, path });
    assert.equal(status, 200, text);
    return schema.parse(JSON.parse(text));
  };
  const quickScan = async (body: object) => {
    const { status, text } = await sendJson(windows.port, '/api/scanner/quick-scan', body);
    assert.equal(status, 200, text);
    return quickScanResponseSchema.parse(JSON.parse(text));
  };

  before(async () => {
    windows = await TestWindows.open({ dataDir: folder.path });
    ({ scanId } = await quickScan({ symbols: ['BTC/USDT', 'ETH/USDT', 'BTC/USDT'] }));
    await completeLog(windows.app, scanId);
  });
  after(() => windows.close());

  it('answer a quick scan without any body', async () => {
    const { status, text } = await rawRequest({
      port: windows.port,
      path: '/api/scanner/quick-scan',
      method: 'POST',
    });
    assert.equal(status, 200);
    const answer = quickScanResponseSchema.parse(JSON.parse(text));
    assert.deepEqual([answer.count, answer.requested], [20, 20]);
    assert.deepEqual(answer.dataSource, { exchange: 'demo', kind: 'simulated' });
  });

  it('answer one symbol however its slash is written', async () => {
    for (const path of ['BTC%2FUSDT', 'BTC/USDT', 'BTC%2fUSDT']) {
      const { symbol, candles } = await get(`/api/scanner/symbol/${path}?candles=3`, symbolResponseSchema);
      assert.equal(symbol, 'BTC/USDT');
      assert.equal(candles?.length, 3);
    }
    for (const path of ['BTC/USDT:USDT', 'BTC%2FUSDT%3AUSDT', 'AAPL']) {
      const answer = await rawRequest({ port: windows.port, path: `/api/scanner/symbol/${path}` });
      assert.match(expectProblem(answer, 'not_found').detail, /has not been scanned/);
    }
  });

  it('answer results, status, history, one scan and differences', async () => {
    const results = await get(
      `/api/scanner/results?scanId=${scanId}&sort=symbol&limit=1`,
      resultsResponseSchema,
    );
    assert.deepEqual(
      results.signals.map(({ symbol }) => symbol),
      ['BTC/USDT'],
    );
    assert.ok((await get('/api/scanner/scan-status', scanStatusResponseSchema)).history.length > 0);
    const scans = await get('/api/scanner/scans?limit=100&symbol=ETH%2FUSDT', scansResponseSchema);
    assert.ok(scans.scans.some((scan) => scan.scanId === scanId));
    assert.equal((await get(`/api/scanner/scans/${scanId}`, scanResponseSchema)).signals.length, 2);
    const diff = await get(`/api/scanner/scans/${scanId}/diff/${scanId}`, scanDiffResponseSchema);
    assert.deepEqual(diff.changes, []);
  });

  it('cancel a scan, which is harmless when it has ended', async () => {
    const path = `/api/scanner/scans/${scanId}`;
    const { status, text } = await rawRequest({ port: windows.port, path, method: 'DELETE' });
    assert.equal(status, 200);
    assert.equal(cancelScanResponseSchema.parse(JSON.parse(text)).status, 'completed');
  });

  it('change the schedule', async () => {
    const changed = await sendJson(
      windows.port,
      '/api/scanner/schedule',
      { enabled: true, intervalMinutes: 30 },
      'PUT',
    );
    assert.equal(changed.status, 200);
    const { schedule, nextScanAt } = await get('/api/scanner/schedule', scheduleResponseSchema);
    assert.deepEqual([schedule.intervalMinutes, schedule.symbols], [30, null]);
    assert.ok(nextScanAt);
    await sendJson(windows.port, '/api/scanner/schedule', { enabled: false }, 'PUT');
  });

  it('give the same scan for the same Idempotency-Key, and refuse the key for another request', async () => {
    const send = (body: object, key: string) =>
      rawRequest({
        port: windows.port,
        path: '/api/scanner/quick-scan',
        method: 'POST',
        headers: { 'content-type': 'application/json', 'idempotency-key': key },
        body: JSON.stringify(body),
      });
    const [first, second] = [await send({ limit: 2 }, 'k1'), await send({ limit: 2 }, 'k1')];
    assert.equal(JSON.parse(first.text).scanId, JSON.parse(second.text).scanId);
    expectProblem(await send({ limit: 3 }, 'k1'), 'idempotency_mismatch');
    const { errors } = expectProblem(await send({}, 'k'.repeat(129)), 'invalid_input');
    assert.equal(errors?.[0]?.pointer, 'Idempotency-Key');
  });

  it('go on with a scan whose caller has gone away during phase 1', async () => {
    const before = (await get('/api/scanner/scans?limit=1', scansResponseSchema)).scans[0]?.scanId;
    const body = JSON.stringify({ limit: 40 });
    const socket = connect(windows.port, '127.0.0.1');
    socket.write(
      `POST /api/scanner/quick-scan HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
    );
    const started = await eventually(
      async () => {
        const [newest] = (await get('/api/scanner/scans?limit=1', scansResponseSchema)).scans;
        assert.notEqual(newest?.scanId, before);
        return newest?.scanId ?? '';
      },
      { intervalMs: 1 },
    );
    socket.destroy();
    const events = await completeLog(windows.app, started);
    const end = events.at(-1);
    assert.ok(end?.type === 'deepAnalysisComplete');
    assert.deepEqual([end.status, end.totals.completed], ['completed', 40]);
  });

  it('name every wrong field by its pointer', async () => {
    const cases: readonly (readonly [body: object, pointer: string])[] = [
      [{ symbols: ['btc/usdt'] }, '/symbols/0'],
      [{ symbols: [] }, '/symbols'],
      [{ limit: 0 }, '/limit'],
      [{ limit: '20' }, '/limit'],
      [{ timeframe: '7m' }, '/timeframe'],
      [{ wrong: 1 }, '/wrong'],
      [{ 'a/b~c': 1 }, '/a~1b~0c'],
      [[], ''],
    ];
    for (const [body, pointer] of cases) {
      const problem = expectProblem(
        await sendJson(windows.port, '/api/scanner/quick-scan', body),
        'invalid_input',
      );
      assert.deepEqual(
        problem.errors?.map((error) => error.pointer),
        [pointer],
      );
    }
  });

  it('name every wrong query parameter by its name', async () => {
    const cases = {
      '/api/scanner/results?limit=0': '?limit',
      '/api/scanner/results?limit=1&limit=2': '?limit',
      '/api/scanner/results?unknown=1': '?unknown',
      '/api/scanner/scans?cursor=nonsense': '?cursor',
      '/api/scanner/scan-status?x=1': '?x',
      '/healthz?x[y]=1': '?x[y]',
    };
    for (const [path, pointer] of Object.entries(cases)) {
      const problem = expectProblem(await rawRequest({ port: windows.port, path }), 'invalid_input');
      assert.deepEqual(
        problem.errors?.map((error) => error.pointer),
        [pointer],
      );
    }
  });

  it('refuse what is not on the allow-list or cannot be reached, with the reason', async () => {
    const scan = (body: object) => sendJson(windows.port, '/api/scanner/quick-scan', body);
    expectProblem(await scan({ exchange: 'mtgox' }), 'exchange_unknown');
    const problem = expectProblem(await scan({ exchange: 'files' }), 'exchange_unavailable');
    assert.equal(problem.status, 502);
    assert.match(problem.detail, /FILES_DIR/);
  });
});
