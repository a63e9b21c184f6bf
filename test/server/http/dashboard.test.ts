import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { DashboardFiles } from '@fast-scanner/server/http/pages/dashboard-files.ts';
import { PAGE_PATHS } from '@fast-scanner/server/http/pages/page-paths.ts';
import { API_CONTRACTS } from '@fast-scanner/server/http/routes/api-contracts.ts';
import { OPERATIONS_ROUTES } from '@fast-scanner/server/http/routes/operations-routes.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { expectProblem } from './expect-problem.ts';
import { rawRequest } from './raw-request.ts';
import { TestWindows } from './test-windows.ts';

const SCRIPT = `console.log(${JSON.stringify('dashboard '.repeat(50))});`;
const PAGE =
  '<!doctype html><script nonce="__STYLE_NONCE__" src="/assets/app-1a2b.js"></script><b nonce="__STYLE_NONCE__">';
const TOKEN = 'the-token-of-this-test';

describe('the dashboard', () => {
  const folder = temporaryFolder();
  let windows: TestWindows;

  before(async () => {
    const webDir = join(folder.path, 'web');
    mkdirSync(join(webDir, 'assets'), { recursive: true });
    writeFileSync(join(webDir, 'index.html'), PAGE);
    writeFileSync(join(webDir, 'build.json'), '{}');
    writeFileSync(join(webDir, 'assets', 'app-1a2b.js'), SCRIPT);
    writeFileSync(join(webDir, 'assets', 'app-1a2b.js.gz'), gzipSync(SCRIPT));
    writeFileSync(join(webDir, 'assets', 'mark-3c4d.svg'), '<svg/>');
    windows = await TestWindows.open({ dataDir: folder.path, config: { apiToken: TOKEN }, webDir });
  });
  after(() => windows.close());

  const get = (path: string, headers: Record<string, string> = {}) =>
    rawRequest({ port: windows.port, path, headers });

  it('answers each of its addresses with the page, which needs no token and is asked for anew each time', async () => {
    for (const path of [
      '/',
      ...PAGE_PATHS,
      '/symbol/BTC%2FUSDT',
      '/runs/some-run?tab=1',
      '/backtest/some-job',
    ]) {
      const { status, headers, text } = await get(path);
      assert.deepEqual([status, headers['cache-control']], [200, 'no-cache'], path);
      assert.match(String(headers['content-type']), /^text\/html/);
      assert.match(text, /^<!doctype html>/);
    }
  });

  it('lets the page make styles with a nonce of that answer alone, and run scripts from files alone', async () => {
    const answers = [await get('/'), await get('/')];
    const nonces = answers.map(({ headers, text }) => {
      const policy = String(headers['content-security-policy']);
      const [, nonce = ''] = /style-src 'self' 'nonce-([\w+/=]{20,})'/.exec(policy) ?? [];
      assert.match(policy, /script-src 'self';/);
      assert.doesNotMatch(policy, /unsafe/);
      assert.equal(text, PAGE.replaceAll('__STYLE_NONCE__', nonce));
      return nonce;
    });
    assert.notEqual(nonces[0], nonces[1]);
    const { headers } = await get('/healthz');
    assert.match(String(headers['content-security-policy']), /style-src 'self';/);
  });

  it('sends its files compressed, once for all time', async () => {
    const plain = await get('/assets/app-1a2b.js');
    const { headers } = plain;
    assert.deepEqual([plain.status, plain.text], [200, SCRIPT]);
    assert.equal(headers['cache-control'], 'public, max-age=31536000, immutable');
    assert.match(String(headers['content-type']), /^text\/javascript/);
    assert.match(String(headers.vary), /Accept-Encoding/);
    const packed = await fetch(`${windows.url}/assets/app-1a2b.js`, {
      headers: { 'accept-encoding': 'gzip' },
    });
    assert.equal(packed.headers.get('content-encoding'), 'gzip');
    assert.equal(await packed.text(), SCRIPT);
    assert.equal((await get('/assets/mark-3c4d.svg', { 'accept-encoding': 'gzip' })).text, '<svg/>');
  });

  it('sends nothing but its files', async () => {
    const paths = [
      '/assets/none.js',
      '/assets/..%2findex.html',
      '/assets/..%2f..%2ffast-scanner.db',
      '/assets/',
    ];
    for (const path of [...paths, '/build.json', '/index.html']) {
      const { status, headers } = await get(path);
      assert.ok([401, 404].includes(status), `${path} ${status}`);
      assert.match(String(headers['content-type']), /problem\+json/);
    }
  });

  it('leaves the API alone, which still wants its token', async () => {
    for (const path of ['/api/scanner/scans', '/market-scan/jobs', '/metrics']) {
      expectProblem(await get(path), 'unauthorized');
      assert.equal((await get(path, { authorization: `Bearer ${TOKEN}` })).status, 200);
    }
    assert.equal((await get('/docs')).status, 200);
    assert.equal((await get('/openapi.json')).status, 200);
  });

  it('shares no address with the API', () => {
    const contracts = [...API_CONTRACTS, ...Object.values(OPERATIONS_ROUTES)];
    const shared = contracts.filter(({ path }) =>
      [...PAGE_PATHS, '/assets'].some((page) => path === page || path.startsWith(`${page}/`)),
    );
    assert.deepEqual(shared, []);
  });

  it('takes no other methods', async () => {
    const answer = await rawRequest({ port: windows.port, path: '/runs', method: 'POST' });
    expectProblem(answer, 'method_not_allowed');
    assert.equal(answer.headers.allow, 'GET, HEAD, OPTIONS');
  });

  it('is not there when nothing was built', () => {
    assert.equal(DashboardFiles.open(join(folder.path, 'elsewhere')), null);
  });
});
