import assert from 'node:assert/strict';
import { gzipSync } from 'node:zlib';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { expectProblem } from './expect-problem.ts';
import { rawRequest, sendJson } from './raw-request.ts';
import { TestWindows } from './test-windows.ts';

const QUICK_SCAN = '/api/scanner/quick-scan';

describe('requests that cannot be answered', () => {
  const folder = temporaryFolder();
  let windows: TestWindows;

  before(async () => {
    windows = await TestWindows.open({ dataDir: folder.path });
  });
  after(() => windows.close());

  const post = (headers: Record<string, string>, body: string | Buffer) =>
    rawRequest({ port: windows.port, path: QUICK_SCAN, method: 'POST', headers, body });

  it('get 404 where nothing is', async () => {
    for (const path of [
      '/nope',
      '/api/scanner',
      '/api/scanner/symbol/',
      '/docs/package.json',
      '/API/scanner/scans',
    ]) {
      expectProblem(await rawRequest({ port: windows.port, path }), 'not_found');
    }
    for (const path of [
      'scans/scan_x',
      'scans/scan_x/events',
      'scans/scan_x/diff/scan_y',
      'results?scanId=scan_x',
    ]) {
      expectProblem(await rawRequest({ port: windows.port, path: `/api/scanner/${path}` }), 'not_found');
    }
  });

  it('get 405 with Allow for a method the address does not know', async () => {
    const cases = [
      ['GET', QUICK_SCAN, 'POST, OPTIONS'],
      ['POST', '/api/scanner/scans/scan_x', 'GET, DELETE, HEAD, OPTIONS'],
      ['PATCH', '/api/scanner/schedule', 'GET, PUT, HEAD, OPTIONS'],
      ['DELETE', '/healthz', 'GET, HEAD, OPTIONS'],
      ['POST', '/', 'GET, HEAD, OPTIONS'],
    ] as const;
    for (const [method, path, allow] of cases) {
      const answer = await rawRequest({ port: windows.port, path, method });
      expectProblem(answer, 'method_not_allowed');
      assert.equal(answer.headers['allow'], allow);
    }
    const options = await rawRequest({ port: windows.port, path: QUICK_SCAN, method: 'OPTIONS' });
    assert.deepEqual([options.status, options.headers['allow']], [204, 'POST, OPTIONS']);
  });

  it('get 400 for a body that is no JSON or no object', async () => {
    for (const body of ['{', '{"limit": 1,}', 'null', '"text"', '\u0000', '{"limit": NaN}']) {
      const problem = expectProblem(await sendJson(windows.port, QUICK_SCAN, body), 'invalid_input');
      assert.match(problem.detail, /JSON/);
    }
  });

  it('get 413 above 100 kB', async () => {
    expectProblem(
      await sendJson(windows.port, QUICK_SCAN, { padding: 'x'.repeat(100_000) }),
      'payload_too_large',
    );
    const chunked = { 'content-type': 'application/json', 'transfer-encoding': 'chunked' };
    expectProblem(await post(chunked, JSON.stringify({ padding: 'x'.repeat(200_000) })), 'payload_too_large');
  });

  it('get 415 for every other kind of body', async () => {
    const cases: Record<string, string>[] = [
      { 'content-type': 'text/plain' },
      { 'content-type': 'application/x-www-form-urlencoded' },
      { 'content-type': 'multipart/form-data; boundary=x' },
      { 'content-type': 'application/json; charset=latin-9' },
      {},
    ];
    for (const headers of cases) expectProblem(await post(headers, '{}'), 'unsupported_media_type');
    const zipped = { 'content-type': 'application/json', 'content-encoding': 'gzip' };
    expectProblem(await post(zipped, gzipSync('{}')), 'unsupported_media_type');
  });

  it('get 500 with a request id and no stack when something breaks', async () => {
    const { scanner } = windows.app;
    const original = scanner.scanStatus;
    scanner.scanStatus = () => Promise.reject(new TypeError('secret detail'));
    const headers = { 'x-request-id': 'mine-1' };
    const answer = await rawRequest({ port: windows.port, path: '/api/scanner/scan-status', headers });
    scanner.scanStatus = original;
    const problem = expectProblem(answer, 'internal');
    assert.equal(problem.requestId, 'mine-1');
    assert.doesNotMatch(answer.text, /secret/);
  });

  it('name themselves: an id on every answer, the own one unless it is dubious', async () => {
    const ids = await Promise.all(
      ['fine.id-1', 'with space', 'x'.repeat(65)].map(async (id) => {
        const { headers } = await rawRequest({
          port: windows.port,
          path: '/healthz',
          headers: { 'x-request-id': id },
        });
        return headers['x-request-id'];
      }),
    );
    assert.equal(ids[0], 'fine.id-1');
    assert.match(String(ids[1]), /^[\da-f-]{36}$/);
    assert.match(String(ids[2]), /^[\da-f-]{36}$/);
  });

  it('get 400 for a path that is not properly encoded', async () => {
    for (const path of ['/api/scanner/symbol/%zz', '/api/scanner/scans/%', '/api/scanner/scans/%ff']) {
      expectProblem(await rawRequest({ port: windows.port, path }), 'invalid_input');
    }
  });
});
