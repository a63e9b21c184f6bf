import assert from 'node:assert/strict';
import type { ErrorCode } from '@fast-scanner/shared';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { expectProblem } from './expect-problem.ts';
import { openHttpApp } from './open-http-app.ts';
import { rawRequest } from './raw-request.ts';
import { TestWindows } from './test-windows.ts';

const STATUS = '/api/scanner/scan-status';
const SCHEDULE = '/api/scanner/schedule';
const CONTINUOUS = '/api/scanner/continuous';
const RUN = '/api/scanner/runs/1b4e28ba-2fa1-41d2-883f-0016d3cca427';
/** A GET that starts work, which comes to nothing for want of the exchange. */
const WORKING_GET = '/api/scanner/signals?exchange=mtgox';
const API_TOKEN = 'full-token-0123456789';
const READER_TOKEN = 'reader-token-0123456789';
const FRIEND = 'https://scanner.example';

describe('who may talk to the server', () => {
  const folder = temporaryFolder();
  let windows: TestWindows;

  before(async () => {
    windows = await TestWindows.open({
      dataDir: folder.path,
      config: { allowedHosts: ['scanner.example'], allowedOrigins: [FRIEND] },
    });
  });
  after(() => windows.close());

  const ask = (headers: Record<string, string>, { method = 'GET', path = STATUS } = {}) =>
    rawRequest({ port: windows.port, path, method, headers });

  it('addresses it by one of its names', async () => {
    const { port } = windows;
    const names = ['127.0.0.1', 'localhost', 'LOCALHOST', '[::1]', 'scanner.example'];
    for (const host of names.flatMap((name) => [name, `${name}:${port}`])) {
      assert.equal((await ask({ host })).status, 200, host);
    }
  });

  it('is refused under any other name, on every address', async () => {
    const names = [
      'evil.example',
      'localhost.evil.example',
      '127.0.0.1.evil.example',
      'evil@localhost',
      'localhost:',
      '0.0.0.0',
    ];
    for (const host of names) expectProblem(await ask({ host }), 'forbidden_host');
    for (const path of ['/', '/healthz', '/metrics', '/docs', '/openapi.json', '/nope']) {
      expectProblem(await ask({ host: 'evil.example' }, { path }), 'forbidden_host');
    }
  });

  it('may not change anything from a page of another origin', async () => {
    const own = `http://127.0.0.1:${windows.port}`;
    const cancel = (headers: Record<string, string>) =>
      ask(headers, { method: 'DELETE', path: '/api/scanner/scans/scan_x' });
    for (const origin of [
      'https://evil.example',
      'null',
      'http://127.0.0.1:1',
      'file://',
      `${own}.evil.example`,
    ]) {
      expectProblem(await cancel({ origin }), 'forbidden_origin');
    }
    for (const origin of [own, FRIEND]) expectProblem(await cancel({ origin }), 'not_found');
    expectProblem(await cancel({}), 'not_found');
  });

  it('may not start work from such a page by a GET either, nor by a link or an image in it', async () => {
    const start = (headers: Record<string, string>) => ask(headers, { path: WORKING_GET });
    const strangers: Record<string, string>[] = [
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
    ];
    for (const headers of strangers) expectProblem(await start(headers), 'forbidden_origin');
    const friends: Record<string, string>[] = [
      {},
      { origin: FRIEND, 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-origin' },
      { 'sec-fetch-site': 'none' },
    ];
    for (const headers of friends) expectProblem(await start(headers), 'exchange_unknown');
  });

  it('gets CORS headers for listed origins alone', async () => {
    const friend = await ask({ origin: FRIEND });
    assert.equal(friend.headers['access-control-allow-origin'], FRIEND);
    assert.match(friend.headers['access-control-expose-headers'] ?? '', /Retry-After.*Location/);
    assert.equal(friend.headers['access-control-allow-credentials'], undefined);
    const stranger = await ask({ origin: 'https://evil.example' });
    assert.equal(stranger.headers['access-control-allow-origin'], undefined);
    const preflight = { origin: FRIEND, 'access-control-request-method': 'PUT' };
    const { status, headers } = await ask(preflight, { method: 'OPTIONS', path: SCHEDULE });
    assert.equal(status, 204);
    assert.match(headers['access-control-allow-methods'] ?? '', /PUT/);
    assert.match(headers['access-control-allow-headers'] ?? '', /Authorization/);
  });

  it('gets strict headers and no advertisement', async () => {
    const { headers } = await ask({});
    assert.doesNotMatch(headers['content-security-policy'] as string, /unsafe|\*|https?:/);
    assert.match(headers['content-security-policy'] as string, /default-src 'none'.*script-src 'self'/);
    assert.equal(headers['x-content-type-options'], 'nosniff');
    assert.equal(headers['cache-control'], 'no-store');
    assert.equal(headers['x-powered-by'], undefined);
    assert.equal(headers['etag'], undefined);
  });
});

describe('tokens', () => {
  const folder = temporaryFolder();
  let windows: TestWindows;

  before(async () => {
    windows = await TestWindows.open({
      dataDir: folder.path,
      config: { apiToken: API_TOKEN, readerToken: READER_TOKEN },
    });
  });
  after(() => windows.close());

  const call = async (authorization: string | null, method: string, path: string) =>
    rawRequest({
      port: windows.port,
      method,
      path,
      headers: authorization === null ? {} : { authorization },
    });

  const wrong = [
    null,
    'Bearer',
    'Bearer wrong-token-0123456789',
    `Basic ${API_TOKEN}`,
    API_TOKEN,
    `Bearer ${API_TOKEN}x`,
  ];
  const table: readonly (readonly [string | null, method: string, path: string, ErrorCode | 200])[] = [
    ...wrong.map((authorization) => [authorization, 'GET', STATUS, 'unauthorized'] as const),
    [null, 'POST', '/api/scanner/quick-scan', 'unauthorized'],
    [null, 'GET', '/metrics', 'unauthorized'],
    [null, 'GET', '/api/scanner/nope', 'unauthorized'],
    [null, 'GET', `${STATUS}?token=${API_TOKEN}`, 'unauthorized'],
    [`Bearer ${API_TOKEN}`, 'GET', STATUS, 200],
    [`bearer  ${API_TOKEN}`, 'GET', '/metrics', 200],
    [`Bearer ${API_TOKEN}`, 'DELETE', '/api/scanner/scans/scan_x', 'not_found'],
    [`Bearer ${READER_TOKEN}`, 'GET', STATUS, 200],
    [`Bearer ${READER_TOKEN}`, 'HEAD', STATUS, 200],
    [`Bearer ${READER_TOKEN}`, 'DELETE', '/api/scanner/scans/scan_x', 'forbidden_role'],
    [`Bearer ${READER_TOKEN}`, 'PUT', SCHEDULE, 'forbidden_role'],
    [`Bearer ${READER_TOKEN}`, 'POST', '/api/scanner/quick-scan', 'forbidden_role'],
    [`Bearer ${READER_TOKEN}`, 'GET', '/api/scanner/runs', 200],
    [`Bearer ${READER_TOKEN}`, 'GET', RUN, 'not_found'],
    [`Bearer ${READER_TOKEN}`, 'POST', '/api/scanner/runs', 'forbidden_role'],
    [`Bearer ${READER_TOKEN}`, 'DELETE', RUN, 'forbidden_role'],
    [`Bearer ${READER_TOKEN}`, 'GET', `${CONTINUOUS}/status`, 200],
    [`Bearer ${READER_TOKEN}`, 'POST', `${CONTINUOUS}/start`, 'forbidden_role'],
    [`Bearer ${READER_TOKEN}`, 'POST', `${CONTINUOUS}/stop`, 'forbidden_role'],
    [null, 'POST', `${CONTINUOUS}/stop`, 'unauthorized'],
    [`Bearer ${API_TOKEN}`, 'POST', `${CONTINUOUS}/stop`, 200],
    [`Bearer ${READER_TOKEN}`, 'GET', WORKING_GET, 'forbidden_role'],
    [`Bearer ${API_TOKEN}`, 'GET', WORKING_GET, 'exchange_unknown'],
    [null, 'GET', WORKING_GET, 'unauthorized'],
    [null, 'GET', '/healthz', 200],
    [null, 'GET', '/readyz', 200],
    [null, 'GET', '/openapi.json', 200],
    [null, 'GET', '/', 200],
  ];

  it('open what their role may do, and nothing else', async () => {
    for (const [authorization, method, path, expected] of table) {
      const answer = await call(authorization, method, path);
      if (expected === 200) assert.equal(answer.status, 200, `${authorization} ${method} ${path}`);
      else expectProblem(answer, expected);
      if (expected === 'unauthorized') assert.equal(answer.headers['www-authenticate'], 'Bearer');
    }
  });
});

describe('the rate limit', () => {
  const folder = temporaryFolder();

  it('refuses what is too much with Retry-After, leaves health checks alone and counts wrong tokens together', async () => {
    const windows = await TestWindows.open({ dataDir: folder.path });
    const { port, close } = await openHttpApp(windows, { apiToken: API_TOKEN }, 3);
    const call = (token: string, path = STATUS) =>
      rawRequest({ port, path, headers: { authorization: `Bearer ${token}` } });

    const first = await call(API_TOKEN);
    assert.match(first.headers['ratelimit'] as string, /r=2/);
    await Promise.all([call(API_TOKEN), call(API_TOKEN)]);
    const refused = await call(API_TOKEN);
    expectProblem(refused, 'too_many_requests');
    assert.ok(Number(refused.headers['retry-after']) <= 60);
    for (let guess = 0; guess < 3; guess += 1) expectProblem(await call(`guess-${guess}`), 'unauthorized');
    expectProblem(await call('guess-3'), 'too_many_requests');
    for (let probe = 0; probe < 5; probe += 1) assert.equal((await call('', '/healthz')).status, 200);

    await close();
    await windows.close();
  });
});
