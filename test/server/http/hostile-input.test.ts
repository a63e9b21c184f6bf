import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type ErrorCode, isErrorCode } from '@fast-scanner/shared';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { expectProblem } from './expect-problem.ts';
import { type RawAnswer, rawRequest, sendJson } from './raw-request.ts';
import { TestWindows } from './test-windows.ts';

const QUICK_SCAN = '/api/scanner/quick-scan';
/** Generous against a busy machine; the answers take a millisecond or two. */
const MOST_MS = 250;

const DEEP = `${'['.repeat(5000)}${']'.repeat(5000)}`;

/** Bodies that must be refused at once. */
const BODIES: Readonly<Record<string, readonly [body: string, code: ErrorCode]>> = {
  '1 MB of JSON': [JSON.stringify({ symbols: Array(100_000).fill('BTC/USDT') }), 'payload_too_large'],
  '10,000 short symbols': [JSON.stringify({ symbols: Array(10_000).fill('A/B') }), 'invalid_input'],
  '10,000 wrong symbols': [JSON.stringify({ symbols: Array(10_000).fill('a') }), 'invalid_input'],
  '9,000 unknown fields': [
    JSON.stringify(Object.fromEntries(Array.from({ length: 9000 }, (_, index) => [`f${index}`, 1]))),
    'invalid_input',
  ],
  'one field name of 90 kB': [JSON.stringify({ ['x'.repeat(90_000)]: 1 }), 'invalid_input'],
  'nesting 5,000 deep': [DEEP, 'invalid_input'],
  'nesting inside a field': [`{"symbols":${DEEP}}`, 'invalid_input'],
  'nesting of objects': [`${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}`, 'invalid_input'],
  __proto__: ['{"__proto__":{"limit":3}}', 'invalid_input'],
  'constructor.prototype': ['{"constructor":{"prototype":{"polluted":true}}}', 'invalid_input'],
  'a path for a symbol': ['{"symbols":["../../etc/passwd"]}', 'invalid_input'],
  'NUL in a symbol': ['{"symbols":["BTC\\u0000/USDT"]}', 'invalid_input'],
  'unicode in a symbol': ['{"symbols":["BТC/USDT","💥/USDT","BTC／USDT"]}', 'invalid_input'],
  'a lone surrogate': ['{"symbols":["\\ud800"]}', 'invalid_input'],
  'a line break in an exchange': ['{"exchange":"demo\\r\\nX: y"}', 'invalid_input'],
  'a number beyond all': ['{"limit":1e999}', 'invalid_input'],
};

/** Targets as a hostile client writes them; `fetch` would tidy them up. */
const TARGETS: Readonly<Record<string, ErrorCode>> = {
  '/api/scanner/symbol/../../../etc/passwd': 'invalid_input',
  '/api/scanner/symbol/..%2f..%2fetc%2fpasswd': 'invalid_input',
  '/api/scanner/symbol/BTC%00USDT': 'invalid_input',
  '/api/scanner/symbol/__proto__': 'invalid_input',
  '/api/scanner/symbol/%F0%9F%92%A5': 'invalid_input',
  [`/api/scanner/symbol/${'A'.repeat(5000)}`]: 'invalid_input',
  '/api/scanner/scans/__proto__': 'not_found',
  '/api/scanner/scans/constructor/events': 'not_found',
  '/api/scanner/scans/..%2f..%2fx': 'invalid_input',
  '/api/scanner/scans/%00': 'invalid_input',
  '/api/scanner/results?__proto__[limit]=3': 'invalid_input',
  '/api/scanner/results?constructor=1': 'invalid_input',
  '/api/scanner/results?limit=%00': 'invalid_input',
  [`/api/scanner/scans?cursor=${'x'.repeat(5000)}`]: 'invalid_input',
  '/api/scanner/scans/scan_x/events?after=-1': 'invalid_input',
  '/api/scanner/scans/scan_x/events?after=1e400': 'invalid_input',
  '/docs/../../../../etc/passwd': 'not_found',
  '/docs/%2e%2e/%2e%2e/package.json': 'not_found',
  '/docs/%00': 'not_found',
  '//evil.example/%2e%2e': 'not_found',
};

describe('hostile input', () => {
  const folder = temporaryFolder();
  let windows: TestWindows;

  before(async () => {
    windows = await TestWindows.open({ dataDir: join(folder.path, 'data') });
    await sendJson(windows.port, QUICK_SCAN, '{'); // compiles what all answers share
  });
  after(() => windows.close());

  const check = (answer: RawAnswer, code: ErrorCode) => {
    const { errors = [] } = expectProblem(answer, code);
    assert.ok(errors.length <= 20);
    assert.ok(answer.text.length < 10_000, 'a large request does not make a large answer');
    assert.ok(answer.durationMs < MOST_MS, `${answer.durationMs} ms`);
  };

  for (const [name, [body, code]] of Object.entries(BODIES)) {
    it(`is refused at once: ${name}`, async () => {
      check(await sendJson(windows.port, QUICK_SCAN, body), code);
    });
  }

  it('in the address is refused at once', async () => {
    for (const [path, code] of Object.entries(TARGETS))
      check(await rawRequest({ port: windows.port, path }), code);
  });

  it('in headers is refused at once', async () => {
    const events = '/api/scanner/scans/scan_x/events';
    await windows.createScan('scan_x');
    for (const id of ['-1', 'abc', '1'.repeat(40), '1; DROP TABLE events']) {
      const headers = { 'last-event-id': id, accept: 'text/event-stream' };
      check(await rawRequest({ port: windows.port, path: events, headers }), 'invalid_input');
    }
    for (const key of ['', 'with space', 'x'.repeat(4000)]) {
      const headers = { 'idempotency-key': key };
      check(
        await rawRequest({ port: windows.port, path: QUICK_SCAN, method: 'POST', headers }),
        'invalid_input',
      );
    }
  });

  it('leaves nothing behind: no polluted prototype, no file outside the data folder', () => {
    assert.equal(({} as Record<string, unknown>)['polluted'], undefined);
    assert.deepEqual(readdirSync(folder.path), ['data']);
    assert.ok(!existsSync(join(folder.path, 'etc')));
    assert.ok(isErrorCode('invalid_input') && !isErrorCode('__proto__'));
  });
});
