import assert from 'node:assert/strict';
import { healthSchema, readinessSchema } from '@fast-scanner/shared';
import { eventually } from '../../support/eventually.ts';
import { Gate } from '../../support/gate.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { expectProblem } from './expect-problem.ts';
import { openHttpApp } from './open-http-app.ts';
import { rawRequest, sendJson } from './raw-request.ts';
import { TestWindows } from './test-windows.ts';

describe('the operations side', () => {
  const folder = temporaryFolder();
  let windows: TestWindows;

  before(async () => {
    windows = await TestWindows.open({ dataDir: folder.path });
  });
  after(() => windows.close());

  const get = (path: string) => rawRequest({ port: windows.port, path });

  it('says that the process is alive and ready', async () => {
    healthSchema.parse(JSON.parse((await get('/healthz')).text));
    const { status, text } = await get('/readyz');
    assert.equal(status, 200);
    assert.deepEqual(readinessSchema.parse(JSON.parse(text)), {
      status: 'ready',
      checks: { store: 'ok', training: 'ok' },
    });
  });

  it('says which part is not ready', async () => {
    const { store } = windows.app;
    const original = store.ping;
    store.ping = () => Promise.reject(new Error('disk I/O error at /secret/path'));
    const { status, text } = await get('/readyz');
    store.ping = original;
    assert.equal(status, 503);
    assert.deepEqual(JSON.parse(text), { status: 'not_ready', checks: { store: 'failing', training: 'ok' } });
  });

  it('counts requests by route, not by address, and scans by exchange', async () => {
    await sendJson(windows.port, '/api/scanner/quick-scan', { limit: 1, analyze: false });
    await get('/api/scanner/symbol/AAPL');
    await get('/api/scanner/symbol/MSFT');
    await get('/random-1');
    const { text, headers } = await get('/metrics');
    assert.match(headers['content-type'] ?? '', /^text\/plain/);
    assert.match(
      text,
      /http_request_seconds_count\{method="GET",route="\/api\/scanner\/symbol\/\{symbol\}",status="404"\} 2/,
    );
    assert.match(text, /http_request_seconds_count\{method="GET",route="unmatched",status="404"\} 1/);
    assert.match(text, /scans_started_total\{exchange="demo",trigger="interactive"\} 1/);
    for (const name of [
      'eventloop_delay_seconds',
      'resident_memory_bytes',
      'sockets 0',
      'background_queue_length',
    ]) {
      assert.ok(text.includes(name), name);
    }
    assert.doesNotMatch(text, /AAPL|random-1/);
  });

  it('shows metrics even while the store is down', async () => {
    const { scanner } = windows.app;
    const original = scanner.scanStatus;
    scanner.scanStatus = () => Promise.reject(new Error('disk I/O error'));
    const { status } = await get('/metrics');
    scanner.scanStatus = original;
    assert.equal(status, 200);
  });

  it('shows a page that says what this is, and that the data is simulated', async () => {
    const { status, headers, text } = await get('/');
    assert.equal(status, 200);
    assert.match(headers['content-type'] ?? '', /^text\/html/);
    assert.match(text, /simulated/);
    const links = [...text.matchAll(/(?:href|src)="([^"]+)"/g)].map(([, link = '']) => link);
    assert.ok(links.includes('/docs'));
    for (const link of links) assert.equal((await get(link)).status, 200, link);
  });

  it('shows the documentation from its own files, without inline script or style', async () => {
    const pages = [(await get('/docs')).text, (await get('/')).text];
    for (const page of pages) assert.doesNotMatch(page, /<style|style=|<script(?! src="\/)|https?:\/\//);
    const [docs = ''] = pages;
    const files = [...docs.matchAll(/(?:href|src)="([^"]+)"/g)].map(([, file = '']) => file);
    assert.equal(files.length, 5);
    for (const file of files) assert.equal((await get(file)).status, 200, file);
    assert.match((await get('/docs/swagger-ui-init.js')).text, /"url": "\/openapi.json"/);
  });
});

describe('draining', () => {
  const folder = temporaryFolder();

  it('is told at once: not ready, and no more work is taken', async () => {
    const windows = await TestWindows.open({ dataDir: folder.path, config: { demoLatencyMs: 300 } });
    const { port } = windows;
    const underWay = sendJson(port, '/api/scanner/quick-scan', { limit: 5 });
    await windows.app.scanner.scanStatus();
    const { scanner } = windows.app;
    let release = () => {};
    const original = scanner.close.bind(scanner);
    // Holds the shutdown at its first step, so that what is asked meanwhile can be seen.
    scanner.close = async () => {
      scanner.close = original;
      await new Promise<void>((resolve) => {
        release = resolve;
      });
      await original();
    };
    const closing = windows.close();
    const readiness = await rawRequest({ port, path: '/readyz' });
    assert.equal(readiness.status, 503);
    assert.equal(JSON.parse(readiness.text).checks.process, 'draining');
    assert.equal((await rawRequest({ port, path: '/healthz' })).status, 200);
    const refused = await rawRequest({ port, path: '/api/scanner/scan-status' });
    expectProblem(refused, 'unavailable');
    assert.equal(refused.headers.connection, 'close');
    release();
    await closing;
    const answer = await underWay;
    if (answer.status !== 200) expectProblem(answer, 'unavailable');
  });

  it('waits for answers under way, each on a connection that closes behind it', async () => {
    const windows = await TestWindows.open({ dataDir: `${folder.path}/under-way` });
    const { port, http, close } = await openHttpApp(windows);
    const { scanner } = windows.app;
    const original = scanner.scanStatus.bind(scanner);
    const gate = new Gate();
    scanner.scanStatus = async () => {
      await gate.pass();
      return original();
    };
    const asking = rawRequest({ port, path: '/api/scanner/scan-status' });
    await eventually(() => assert.equal(gate.arrived, 1));
    let isClosed = false;
    const closing = http.close().finally(() => {
      isClosed = true;
    });
    await rawRequest({ port: windows.port, path: '/healthz' });
    assert.equal(isClosed, false);
    gate.open();
    const { status, headers } = await asking;
    await closing;
    await close();
    assert.deepEqual([status, headers.connection], [200, 'close']);
    await windows.close();
  });
});
