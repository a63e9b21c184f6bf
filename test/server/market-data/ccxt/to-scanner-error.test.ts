import assert from 'node:assert/strict';
import { parseRetryAfter } from '@fast-scanner/server/market-data/ccxt/parse-retry-after.ts';
import { toScannerError } from '@fast-scanner/server/market-data/ccxt/to-scanner-error.ts';
import { type ErrorCode, ScannerError } from '@fast-scanner/shared';

/** ccxt's error class, the HTTP status seen (`null`: none above 399), and what it means. */
const CASES: readonly (readonly [string, number | null, ErrorCode])[] = [
  ['RateLimitExceeded', 429, 'rate_limited'],
  ['DDoSProtection', 429, 'rate_limited'],
  ['DDoSProtection', 418, 'exchange_banned'],
  ['DDoSProtection', null, 'rate_limited'],
  ['RateLimitExceeded', null, 'rate_limited'],
  ['RateLimitExceeded', 403, 'rate_limited'],
  ['ExchangeNotAvailable', 403, 'exchange_denied'],
  ['ExchangeNotAvailable', 451, 'exchange_denied'],
  ['AuthenticationError', 401, 'exchange_denied'],
  ['PermissionDenied', null, 'exchange_denied'],
  ['RestrictedLocation', 400, 'exchange_denied'],
  ['ExchangeNotAvailable', 400, 'not_supported'],
  ['ExchangeNotAvailable', 404, 'not_supported'],
  ['BadRequest', 400, 'not_supported'],
  ['NotSupported', null, 'not_supported'],
  ['ArgumentsRequired', null, 'not_supported'],
  ['BadSymbol', 400, 'symbol_unknown'],
  ['BadSymbol', null, 'symbol_unknown'],
  ['MarketClosed', 400, 'delisted'],
  ['RequestTimeout', null, 'exchange_timeout'],
  ['RequestTimeout', 504, 'exchange_timeout'],
  ['OnMaintenance', 503, 'exchange_maintenance'],
  ['OnMaintenance', null, 'exchange_maintenance'],
  ['ExchangeNotAvailable', 503, 'exchange_unavailable'],
  ['ExchangeError', 500, 'exchange_unavailable'],
  ['ExchangeError', null, 'exchange_unavailable'],
  ['NetworkError', null, 'exchange_unavailable'],
  ['BadResponse', null, 'exchange_bad_response'],
  ['NullResponse', null, 'exchange_bad_response'],
];

describe('errors of ccxt', () => {
  let classes: Readonly<Record<string, new (message: string) => Error>>;

  before(async () => {
    classes = (await import('ccxt')) as unknown as typeof classes; // its error classes are exports among many others
  });

  for (const [name, status, code] of CASES) {
    it(`${name} with ${status === null ? 'no error status' : `HTTP ${status}`} mean ${code}`, () => {
      const Class = classes[name];
      assert.ok(Class, `ccxt has no ${name}`);
      const failure = status === null ? null : { status, retryAfterMs: 1_500 };
      const error = toScannerError(new Class('binance broke'), failure, 'binance');
      assert.equal(error.code, code);
      assert.equal(error.retryAfterMs, failure?.retryAfterMs ?? null);
    });
  }

  it('that are not its own mean an unreadable answer', () => {
    const error = toScannerError(new TypeError('x is undefined'), null, 'okx');
    assert.equal(error.code, 'exchange_bad_response');
    assert.ok(error.cause instanceof TypeError);
  });

  it('are told in one short line that names the exchange once', () => {
    const body = `binance GET https://api/x 503 \n\t${'<html>'.repeat(1_000)}`;
    const { message } = toScannerError(new Error(body), { status: 503, retryAfterMs: null }, 'binance');
    assert.match(message, /^binance HTTP 503: GET https:\/\/api\/x 503 <html>/);
    assert.ok(message.length <= 200);
    assert.ok(!message.includes('\n'));
  });

  it('that are already ours keep code and wait', () => {
    const ours = new ScannerError('rate_limited', 'sent too much', { retryAfterMs: 7 });
    const { code, message, retryAfterMs } = toScannerError(ours, null, 'okx');
    assert.deepEqual(
      { code, message, retryAfterMs },
      {
        code: 'rate_limited',
        message: 'okx sent too much',
        retryAfterMs: 7,
      },
    );
  });
});

describe('a Retry-After header', () => {
  const now = Date.UTC(2026, 0, 5, 12);
  for (const [header, expected] of [
    ['3', 3_000],
    ['0.5', 500],
    ['0', 0],
    ['-5', 0],
    ['Mon, 05 Jan 2026 12:00:10 GMT', 10_000],
    ['Mon, 05 Jan 2026 11:00:00 GMT', 0],
    ['soon', null],
    ['', null],
    [undefined, null],
  ] as const) {
    it(`of ${header === undefined ? 'none' : `"${header}"`} means ${expected} ms`, () => {
      assert.equal(parseRetryAfter(header, now), expected);
    });
  }
});
