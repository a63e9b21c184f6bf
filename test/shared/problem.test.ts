import assert from 'node:assert/strict';
import {
  ERROR_CODES,
  problemSchema,
  quickScanRequestSchema,
  ScannerError,
  toInvalidInput,
  toProblem,
} from '@fast-scanner/shared';

function refusalOf(body: unknown): ScannerError {
  const parsed = quickScanRequestSchema.safeParse(body);
  assert.equal(parsed.success, false);
  return toInvalidInput(parsed.error.issues);
}

describe('a refused body', () => {
  it('names every offending field by pointer', () => {
    const { errors } = refusalOf({ symbols: ['BTC/USDT', 'nope'], timeframe: '7m', colour: 'red' });
    assert.deepEqual(errors.map(({ pointer }) => pointer).sort(), ['/colour', '/symbols/1', '/timeframe']);
  });

  it('says what an unknown field is', () => {
    assert.match(refusalOf({ colour: 'red' }).message, /\/colour: unknown field/);
  });

  it('escapes pointers as RFC 6901 asks', () => {
    assert.equal(refusalOf({ 'a/b~c': 1 }).errors[0]?.pointer, '/a~1b~0c');
  });
});

describe('a problem', () => {
  it('carries status, code and the same text twice', () => {
    const problem = toProblem(
      new ScannerError('rate_limited', 'wait', { retryAfterMs: 3000 }),
      'r1',
      '/api/x',
    );
    assert.deepEqual(problemSchema.parse(problem), problem);
    assert.equal(problem.status, ERROR_CODES.rate_limited.status);
    assert.equal(problem.error, problem.detail);
    assert.equal(problem.success, false);
  });
});
